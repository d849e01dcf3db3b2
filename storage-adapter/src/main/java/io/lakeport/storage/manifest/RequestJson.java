package io.lakeport.storage.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Requests as JSON. */
final class RequestJson {
    private RequestJson() {}

    static void put(ObjectNode node, ExportRequest request) {
        ObjectNode source = node.putObject("source");
        request.source().catalog().ifPresent(catalog -> source.put("catalog", catalog.value()));
        request.source().schema().ifPresent(schema -> source.put("schema", schema.value()));
        source.put("table", request.source().table().value());
        node.put("target", request.target().toString());
        node.put("file_format", request.format());
        request.columns().forEach(node.putArray("columns")::add);
        for (PartitionField field : request.partitionBy()) {
            node.withArray("partition_by")
                    .addObject()
                    .put("column", field.column())
                    .put("part", field.part().name())
                    .put("name", field.name());
        }
        node.put("mode", request.mode().name());
        request.increment().ifPresent(increment -> putIncrement(node.putObject("increment"), increment));
        request.keys().forEach(node.putArray("keys")::add);
        node.put("engine", request.engine().name());
        Map<String, String> ordered = new TreeMap<>(request.options());
        ordered.forEach(node.putObject("options")::put);
    }

    private static void putIncrement(ObjectNode node, Increment increment) {
        increment.watermark().ifPresent(column -> node.put("watermark", column));
        node.put("settle", increment.settle().toString());
        node.put("look_back", increment.lookBack().toString());
        increment.zone().ifPresent(zone -> node.put("zone", zone.getId()));
        node.put("change_feed", increment.feed().name());
        node.put("append_only", increment.appendOnly());
    }

    static ExportRequest request(RecordNode node) {
        return new ExportRequest(
                node.optional("source", RequestJson::table).orElseThrow(),
                URI.create(node.text("target")),
                node.text("file_format"),
                node.texts("columns"),
                node.has("partition_by") ? node.list("partition_by", RequestJson::field) : java.util.List.of(),
                node.choice("mode", ExportMode.class),
                node.optional("increment", RequestJson::increment),
                node.texts("keys"),
                node.choice("engine", EngineChoice.class),
                node.members("options"));
    }

    private static TableName table(RecordNode node) {
        return new TableName(
                node.optionalText("catalog").map(Identifier::of),
                node.optionalText("schema").map(Identifier::of),
                Identifier.of(node.text("table")));
    }

    private static PartitionField field(RecordNode node) {
        return new PartitionField(
                node.text("column"), node.choice("part", PartitionField.Part.class), node.text("name"));
    }

    private static Increment increment(RecordNode node) {
        return new Increment(
                node.optionalText("watermark"),
                Duration.parse(node.text("settle")),
                Duration.parse(node.text("look_back")),
                node.optionalText("zone").map(java.time.ZoneId::of),
                node.choice("change_feed", Increment.FeedUse.class),
                node.flag("append_only"));
    }
}
