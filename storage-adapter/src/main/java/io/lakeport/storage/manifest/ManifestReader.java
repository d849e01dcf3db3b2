package io.lakeport.storage.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one manifest, naming the field that is not as expected. */
final class ManifestReader {
    private final JsonNode root;
    private final String origin;

    ManifestReader(JsonNode root, String origin) {
        this.root = root;
        this.origin = origin;
    }

    ExportManifest read() {
        if (!JsonManifestCodec.FORMAT.equals(root.path("format").asText())) {
            throw illegal("/format", "expected \"" + JsonManifestCodec.FORMAT + "\"", null);
        }
        if (number(root, "version", "") > JsonManifestCodec.VERSION) {
            throw illegal("/version", "it was written by a newer Lakeport; use that one", null);
        }
        try {
            return new ExportManifest(
                    number(root, "sequence", ""),
                    text(root, "run_id", ""),
                    text(root, "source", ""),
                    text(root, "file_format", ""),
                    text(root, "statement_id", ""),
                    window(),
                    columns(),
                    texts("partition_by"),
                    files(),
                    number(root, "rows", ""),
                    Instant.parse(text(root, "published_at", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw illegal("", String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<ExportWindow> window() {
        JsonNode node = root.path("window");
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new ExportWindow(
                text(node, "column", "/window"),
                SqlTypeParser.parse(text(node, "type", "/window")),
                node.has("low") ? Optional.of(text(node, "low", "/window")) : Optional.empty(),
                text(node, "high", "/window")));
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (JsonNode node : array("columns")) {
            String place = "/columns/" + columns.size();
            columns.add(new Column(text(node, "name", place), SqlTypeParser.parse(text(node, "type", place))));
        }
        return columns;
    }

    private List<WrittenFile> files() {
        List<WrittenFile> files = new ArrayList<>();
        for (JsonNode node : array("files")) {
            String place = "/files/" + files.size();
            Map<String, String> partition = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.path("partition").properties()) {
                partition.put(entry.getKey(), entry.getValue().asText());
            }
            ObjectInfo object = new ObjectInfo(
                    ObjectKey.of(text(node, "key", place)), number(node, "bytes", place), text(node, "sha256", place));
            files.add(new WrittenFile(object, number(node, "rows", place), partition));
        }
        return files;
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode node = root.path(name);
        if (!node.isArray()) {
            throw illegal("/" + name, "expected an array", null);
        }
        return node;
    }

    private String text(JsonNode parent, String name, String place) {
        JsonNode node = parent.path(name);
        if (!node.isTextual()) {
            throw illegal(place + "/" + name, "expected a text", null);
        }
        return node.asText();
    }

    private long number(JsonNode parent, String name, String place) {
        JsonNode node = parent.path(name);
        if (!node.canConvertToLong() || !node.isIntegralNumber()) {
            throw illegal(place + "/" + name, "expected a whole number", null);
        }
        return node.asLong();
    }

    private LakeportException illegal(String place, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "'" + origin + "' is not a manifest that can be used" + (place.isEmpty() ? "" : ", at " + place) + ": "
                        + why + "; restore the file or export to another target",
                cause);
    }
}
