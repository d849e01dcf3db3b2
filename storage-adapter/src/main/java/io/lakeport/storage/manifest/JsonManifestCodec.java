package io.lakeport.storage.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.ManifestCodec;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Manifests as indented JSON, so that a person and any language can read them. */
public final class JsonManifestCodec implements ManifestCodec {
    static final String FORMAT = "lakeport-manifest";
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Creates the codec; called by {@link java.util.ServiceLoader}. */
    public JsonManifestCodec() {}

    @Override
    public byte[] encode(ExportManifest manifest) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", VERSION);
        root.put("sequence", manifest.sequence());
        root.put("run_id", manifest.runId());
        root.put("source", manifest.source());
        root.put("file_format", manifest.format());
        root.put("statement_id", manifest.statementId());
        root.put("published_at", manifest.publishedAt().toString());
        root.put("rows", manifest.rows());
        root.put("bytes", manifest.bytes());
        manifest.window().ifPresent(window -> putWindow(root.putObject("window"), window));
        ArrayNode columns = root.putArray("columns");
        for (Column column : manifest.columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().toString());
        }
        manifest.partitionBy().forEach(root.putArray("partition_by")::add);
        ArrayNode files = root.putArray("files");
        manifest.files().forEach(file -> putFile(files.addObject(), file));
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always has a JSON text", e);
        }
    }

    private static void putWindow(ObjectNode node, ExportWindow window) {
        node.put("column", window.column());
        node.put("type", window.type().toString());
        window.low().ifPresent(low -> node.put("low", low));
        node.put("high", window.high());
    }

    private static void putFile(ObjectNode node, WrittenFile file) {
        node.put("key", file.object().key().value());
        node.put("rows", file.rows());
        node.put("bytes", file.object().bytes());
        node.put("sha256", file.object().sha256());
        if (!file.partition().isEmpty()) {
            ObjectNode partition = node.putObject("partition");
            file.partition().forEach(partition::put);
        }
    }

    @Override
    public ExportManifest decode(byte[] bytes, String origin) {
        try {
            JsonNode root = JSON.readTree(bytes);
            return new ManifestReader(root, origin).read();
        } catch (JsonProcessingException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "'" + origin + "' is not a manifest: no JSON at line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + "; restore the file or export to another target",
                    e);
        } catch (IOException e) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, "'" + origin + "' could not be read", e);
        }
    }
}
