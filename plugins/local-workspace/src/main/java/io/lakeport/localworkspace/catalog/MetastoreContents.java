package io.lakeport.localworkspace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lakeport.localworkspace.engine.CatalogContents;
import io.lakeport.localworkspace.engine.CatalogTable;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The metastore as the workspace's other parts see it. */
public final class MetastoreContents implements CatalogContents {
    private final Metastore metastore;

    public MetastoreContents(Metastore metastore) {
        this.metastore = metastore;
    }

    @Override
    public List<String> catalogs() {
        return metastore.catalogs();
    }

    @Override
    public List<String> schemas(String catalog) {
        return metastore.hasCatalog(catalog) ? metastore.schemas(catalog) : List.of();
    }

    @Override
    public List<CatalogTable> tables(String catalog, String schema) {
        return metastore.hasSchema(catalog, schema)
                ? metastore.tables(catalog, schema).stream()
                        .map(MetastoreContents::table)
                        .toList()
                : List.of();
    }

    @Override
    public Optional<CatalogTable> table(List<String> name) {
        return metastore.find(name).map(MetastoreContents::table);
    }

    private static CatalogTable table(TableInfo info) {
        List<String> partitions = info.facts().partitioning();
        List<CatalogTable.Column> columns = info.columns().stream()
                .map(c -> column(c, partitions.indexOf(c.name())))
                .toList();
        List<CatalogTable.Key> keys = info.facts().keys().stream()
                .map(k -> new CatalogTable.Key(k.name(), k.columns(), k.parent(), k.parentColumns()))
                .toList();
        return new CatalogTable(
                info.fullName(), info.view(), info.comment(), info.facts().properties(), columns, keys);
    }

    private static CatalogTable.Column column(TableInfo.ColumnInfo c, int partition) {
        boolean decimal = c.type().is(Kind.DECIMAL);
        return new CatalogTable.Column(
                c.name(),
                c.type().catalogText(),
                c.type().kind().apiName(),
                json(c.type()).toString(),
                decimal ? c.type().precision() : 0,
                decimal ? c.type().scale() : 0,
                c.nullable(),
                c.comment(),
                partition);
    }

    /** Returns a type in the form that Spark's own {@code DataType.json} has. */
    private static JsonNode json(SqlType type) {
        return switch (type.kind()) {
            case ARRAY -> {
                ObjectNode array = Json.object().put("type", "array");
                array.set("elementType", json(type.element()));
                yield array.put("containsNull", true);
            }
            case MAP -> {
                ObjectNode map = Json.object().put("type", "map");
                map.set("keyType", json(type.key()));
                map.set("valueType", json(type.value()));
                yield map.put("valueContainsNull", true);
            }
            case STRUCT -> {
                ObjectNode struct = Json.object().put("type", "struct");
                ArrayNode fields = struct.putArray("fields");
                for (SqlType.Field f : type.fields()) {
                    ObjectNode field = fields.addObject().put("name", f.name());
                    field.set("type", json(f.type()));
                    field.put("nullable", true).putObject("metadata");
                }
                yield struct;
            }
            default -> TextNode.valueOf(simple(type));
        };
    }

    private static String simple(SqlType type) {
        return switch (type.kind()) {
            case INT -> "integer";
            case LONG -> "long";
            case SHORT -> "short";
            case BYTE -> "byte";
            default -> type.catalogText().toLowerCase(Locale.ROOT);
        };
    }
}
