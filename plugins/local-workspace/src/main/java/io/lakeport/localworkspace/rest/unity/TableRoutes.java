package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.engine.CatalogTable;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tables, views and functions. */
final class TableRoutes {
    private static final String TABLES = Unity.API + "/tables";

    private final Unity unity;

    TableRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", TABLES, unity.call(this::list));
        router.add("GET", Unity.API + "/table-summaries", unity.call(this::summaries));
        router.add("GET", TABLES + "/{name}", unity.call(this::get));
        router.add("GET", TABLES + "/{name}/exists", unity.call(this::exists));
        router.add("PATCH", TABLES + "/{name}", unity.call(this::update));
        router.add("DELETE", TABLES + "/{name}", unity.call(this::delete));
        router.add("GET", Unity.API + "/functions", unity.call(this::functions));
        router.add("GET", Unity.API + "/functions/{name}", unity.call(this::function));
    }

    private Securable schema(Call call) {
        Securable schema =
                Unity.named(SecurableType.SCHEMA, call.required("catalog_name") + "." + call.required("schema_name"));
        unity.requireVisible(call, schema, Privilege.USE_SCHEMA);
        return schema;
    }

    private Stream<CatalogTable> visible(Call call, String catalog, String schema) {
        return unity.contents().tables(catalog, schema).stream()
                .filter(t -> unity.sees(call, Securable.table(t.name())));
    }

    private void list(Call call) throws IOException {
        Securable schema = schema(call);
        List<ObjectNode> all = visible(call, schema.name().get(0), schema.lastName())
                .map(t -> body(t, call.flag("omit_columns"), call.flag("omit_properties")))
                .toList();
        call.answerPage("tables", all);
    }

    private void summaries(Call call) throws IOException {
        Securable catalog = Unity.named(SecurableType.CATALOG, call.required("catalog_name"));
        unity.requireVisible(call, catalog, Privilege.USE_CATALOG);
        String schemas = call.query("schema_name_pattern").orElse("%");
        String tables = call.query("table_name_pattern").orElse("%");
        List<ObjectNode> all = new ArrayList<>();
        for (String schema : unity.contents().schemas(catalog.lastName())) {
            if (Likeness.fits(schemas, schema)) {
                visible(call, catalog.lastName(), schema)
                        .filter(t -> Likeness.fits(tables, t.name().get(2)))
                        .forEach(t -> all.add(Json.object()
                                .put("full_name", String.join(".", t.name()))
                                .put("table_type", t.view() ? "VIEW" : "MANAGED")
                                .put("securable_kind", t.view() ? "TABLE_VIEW_DELTA" : "TABLE_DELTA")));
            }
        }
        call.answerPage("tables", all);
    }

    private Securable named(Call call) {
        return Unity.named(SecurableType.TABLE, call.path().get("name"));
    }

    private void get(Call call) throws IOException {
        call.answer(body(unity.table(call, named(call)), false, false));
    }

    private void exists(Call call) throws IOException {
        Securable table = named(call);
        table.parent().ifPresent(unity::requireExisting);
        boolean there = unity.exists(table);
        if (there && !unity.sees(call, table)) {
            unity.access().require(call.actor(), Privilege.SELECT, table);
        }
        call.answer(Json.object().put("table_exists", there));
    }

    private void update(Call call) throws IOException {
        Securable table = named(call);
        unity.requireExisting(table);
        JsonNode body = call.body();
        Json.text(body, "owner").ifPresent(owner -> {
            unity.access().requireManage(call.actor(), table);
            unity.governance().give(table, owner, call.user());
        });
        call.answerEmpty();
    }

    private void delete(Call call) throws IOException {
        Securable table = named(call);
        unity.requireExisting(table);
        boolean view =
                unity.contents().table(table.name()).filter(CatalogTable::view).isPresent();
        unity.run(call, "DROP " + (view ? "VIEW " : "TABLE ") + Bodies.quote(table));
        call.answerEmpty();
    }

    private void functions(Call call) throws IOException {
        Securable schema = schema(call);
        List<ObjectNode> all = unity.governance().securables().all(SecurableType.FUNCTION).stream()
                .filter(i -> schema.contains(i.securable()) && unity.sees(call, i.securable()))
                .map(TableRoutes::function)
                .toList();
        call.answerPage("functions", all);
    }

    private void function(Call call) throws IOException {
        Securable function = Unity.named(SecurableType.FUNCTION, call.path().get("name"));
        unity.requireVisible(call, function, Privilege.EXECUTE);
        call.answer(function(unity.governance().securables().get(function)));
    }

    private static ObjectNode function(SecurableInfo info) {
        return Bodies.of(info)
                .put("function_id", info.id())
                .put("specific_name", info.securable().lastName())
                .put("routine_body", "SQL")
                .put("securable_type", "FUNCTION")
                .put("securable_kind", "FUNCTION_STANDARD");
    }

    private ObjectNode body(CatalogTable table, boolean withoutColumns, boolean withoutProperties) {
        SecurableInfo info = unity.governance().securables().get(Securable.table(table.name()));
        ObjectNode body = Bodies.of(info)
                .put("table_id", info.id())
                .put("table_type", table.view() ? "VIEW" : "MANAGED")
                .put("data_source_format", table.view() ? "UNKNOWN_DATA_SOURCE_FORMAT" : "DELTA")
                .put("securable_type", "TABLE")
                .put("securable_kind", table.view() ? "TABLE_VIEW_DELTA" : "TABLE_DELTA");
        if (table.comment() != null) {
            body.put("comment", table.comment());
        }
        if (!table.view()) {
            body.put("storage_location", Metastores.ROOT + "/tables/" + info.id());
        }
        String definition = info.detail("view_definition");
        if (table.view() && definition != null) {
            body.put("view_definition", definition);
        }
        if (!withoutProperties) {
            Bodies.properties(body, table.properties());
        }
        if (!withoutColumns) {
            columns(body.putArray("columns"), table);
        }
        keys(body, table);
        return body;
    }

    private static void columns(ArrayNode array, CatalogTable table) {
        int position = 0;
        for (CatalogTable.Column c : table.columns()) {
            String json = "{\"name\":" + Json.object().textNode(c.name()) + ",\"type\":" + c.typeJson()
                    + ",\"nullable\":" + c.nullable() + ",\"metadata\":{}}";
            ObjectNode column = array.addObject()
                    .put("name", c.name())
                    .put("type_text", c.typeText())
                    .put("type_name", c.typeName())
                    .put("type_json", json)
                    .put("type_precision", c.precision())
                    .put("type_scale", c.scale())
                    .put("position", position++)
                    .put("nullable", c.nullable());
            if (c.comment() != null) {
                column.put("comment", c.comment());
            }
            if (c.partitionIndex() >= 0) {
                column.put("partition_index", c.partitionIndex());
            }
        }
    }

    private static void keys(ObjectNode body, CatalogTable table) {
        if (table.keys().isEmpty()) {
            return;
        }
        ArrayNode array = body.putArray("table_constraints");
        for (CatalogTable.Key k : table.keys()) {
            boolean primary = k.parent().isEmpty();
            ObjectNode key = array.addObject()
                    .putObject(primary ? "primary_key_constraint" : "foreign_key_constraint")
                    .put("name", k.name());
            k.columns().forEach(key.putArray("child_columns")::add);
            if (!primary) {
                key.put("parent_table", String.join(".", k.parent()));
                k.parentColumns().forEach(key.putArray("parent_columns")::add);
            }
        }
    }
}
