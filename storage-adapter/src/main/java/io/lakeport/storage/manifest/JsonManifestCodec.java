package io.lakeport.storage.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.ManifestCodec;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Manifests as indented JSON, so that a person and any language can read them. */
public final class JsonManifestCodec implements ManifestCodec {
    static final String FORMAT = "lakeport-manifest";
    /** 2 adds origin, mode, keys, replaced partitions and the signature; 1 is read as what it meant. */
    static final int VERSION = 2;

    /** Creates the codec; called by {@link java.util.ServiceLoader}. */
    public JsonManifestCodec() {}

    @Override
    public byte[] encode(ExportManifest manifest) {
        ObjectNode root = RecordNode.begin(FORMAT, VERSION);
        root.put("sequence", manifest.sequence());
        root.put("run_id", manifest.runId());
        putOrigin(root, manifest.origin());
        root.put("file_format", manifest.format());
        root.put("mode", manifest.mode().name());
        root.put("published_at", manifest.publishedAt().toString());
        root.put("rows", manifest.rows());
        root.put("bytes", manifest.bytes());
        if (!manifest.keys().isEmpty()) {
            manifest.keys().forEach(root.putArray("keys")::add);
        }
        CommonJson.putColumns(root.putArray("columns"), manifest.columns());
        manifest.partitionBy().forEach(root.putArray("partition_by")::add);
        if (!manifest.replacedPartitions().isEmpty()) {
            CommonJson.putPartitions(root.putArray("replaced_partitions"), manifest.replacedPartitions());
        }
        CommonJson.putFiles(root.putArray("files"), manifest.files());
        manifest.signature().ifPresent(signature -> root.put("hmac_sha256", signature));
        return RecordNode.bytes(root);
    }

    private static void putOrigin(ObjectNode root, ExportOrigin origin) {
        root.put("source", origin.source());
        root.put("engine", origin.engine());
        origin.statementIds().forEach(root.putArray("statement_ids")::add);
        origin.snapshotVersion().ifPresent(version -> root.put("snapshot_version", version));
        origin.window().ifPresent(window -> CommonJson.put(root.putObject("window"), window));
        origin.feed().ifPresent(feed -> CommonJson.put(root.putObject("change_feed"), feed));
    }

    @Override
    public ExportManifest decode(byte[] bytes, String origin) {
        return RecordNode.read(bytes, origin, FORMAT, VERSION, JsonManifestCodec::manifest);
    }

    private static ExportManifest manifest(RecordNode root) {
        boolean first = root.number("version") == 1;
        return new ExportManifest(
                root.number("sequence"),
                root.text("run_id"),
                first ? firstOrigin(root) : origin(root),
                root.text("file_format"),
                first ? firstMode(root) : root.choice("mode", ExportMode.class),
                root.has("keys") ? root.texts("keys") : List.of(),
                root.list("columns", CommonJson::column),
                root.texts("partition_by"),
                root.has("replaced_partitions")
                        ? new LinkedHashSet<>(root.list("replaced_partitions", RecordNode::members))
                        : Set.of(),
                root.list("files", CommonJson::file),
                root.number("rows"),
                Instant.parse(root.text("published_at")),
                root.optionalText("hmac_sha256"));
    }

    private static ExportOrigin origin(RecordNode root) {
        return new ExportOrigin(
                root.text("source"),
                root.text("engine"),
                root.texts("statement_ids"),
                root.optionalNumber("snapshot_version"),
                root.optional("window", CommonJson::window),
                root.optional("change_feed", CommonJson::feed));
    }

    private static ExportOrigin firstOrigin(RecordNode root) {
        return new ExportOrigin(
                root.text("source"),
                "stream",
                List.of(root.text("statement_id")),
                OptionalLong.empty(),
                root.optional("window", CommonJson::window),
                Optional.empty());
    }

    private static ExportMode firstMode(RecordNode root) {
        return root.has("window") ? ExportMode.APPEND : ExportMode.CREATE;
    }
}
