package io.lakeport.storage.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The parts that manifests and journals share. */
final class CommonJson {
    private CommonJson() {}

    static void put(ObjectNode node, ExportWindow window) {
        node.put("column", window.column());
        node.put("type", window.type().toString());
        window.low().ifPresent(low -> node.put("low", low));
        node.put("high", window.high());
    }

    static ExportWindow window(RecordNode node) {
        return new ExportWindow(
                node.text("column"),
                SqlTypeParser.parse(node.text("type")),
                node.optionalText("low"),
                node.text("high"));
    }

    static void put(ObjectNode node, FeedRange range) {
        node.put("first", range.first()).put("last", range.last());
    }

    static FeedRange feed(RecordNode node) {
        return new FeedRange(node.number("first"), node.number("last"));
    }

    static void putColumns(ArrayNode array, List<Column> columns) {
        for (Column column : columns) {
            array.addObject()
                    .put("name", column.name())
                    .put("type", column.type().toString());
        }
    }

    static Column column(RecordNode node) {
        return new Column(node.text("name"), SqlTypeParser.parse(node.text("type")));
    }

    static void putFiles(ArrayNode array, List<WrittenFile> files) {
        for (WrittenFile file : files) {
            ObjectNode node = array.addObject()
                    .put("key", file.object().key().value())
                    .put("rows", file.rows())
                    .put("bytes", file.object().bytes())
                    .put("sha256", file.object().sha256());
            if (!file.partition().isEmpty()) {
                ObjectNode partition = node.putObject("partition");
                file.partition().forEach(partition::put);
            }
        }
    }

    static WrittenFile file(RecordNode node) {
        ObjectInfo object = new ObjectInfo(ObjectKey.of(node.text("key")), node.number("bytes"), node.text("sha256"));
        return new WrittenFile(object, node.number("rows"), node.members("partition"));
    }

    static void putPartitions(ArrayNode array, Collection<Map<String, String>> partitions) {
        for (Map<String, String> partition : partitions) {
            ObjectNode node = array.addObject();
            partition.forEach(node::put);
        }
    }
}
