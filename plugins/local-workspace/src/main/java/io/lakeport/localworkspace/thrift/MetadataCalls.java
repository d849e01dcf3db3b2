package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.rest.EngineQuery;
import io.lakeport.localworkspace.statement.StatementGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The metadata calls, answered from the engine's SHOW statements. Thread-safe. */
final class MetadataCalls {
    private static final Map<String, Integer> OPERATION_TYPES = Map.of(
            "GetCatalogs", 2,
            "GetSchemas", 3,
            "GetTables", 4,
            "GetTableTypes", 5,
            "GetColumns", 6,
            "GetFunctions", 7,
            "GetPrimaryKeys", 8,
            "GetCrossReference", 8,
            "GetTypeInfo", 1);
    private static final int DIRECT_RESULTS = 1281;
    private static final int FINISHED = 2;

    private final StatementGateway gateway;
    private final EngineQuery query;
    private final OpenTables open = new OpenTables();

    MetadataCalls(StatementGateway gateway, EngineQuery query) {
        this.gateway = gateway;
        this.query = query;
    }

    static boolean serves(String method) {
        return OPERATION_TYPES.containsKey(method);
    }

    /** Answers a metadata call, with everything at once when the client takes direct results. */
    TStruct answer(String method, Call call) throws IOException {
        gateway.requireSession(Handles.id(call.request().struct(1)), call.principal());
        MetadataTable table = table(method, call);
        String id = UUID.randomUUID().toString();
        TStruct answer = new TStruct()
                .with(1, ThriftStatus.success())
                .with(2, Handles.operation(id, OPERATION_TYPES.getOrDefault(method, 8), true));
        if (!call.request().has(DIRECT_RESULTS)) {
            open.add(id, table, call.principal());
            return answer;
        }
        TStruct direct = new TStruct()
                .with(1, finished())
                .with(2, table.schema())
                .with(3, table.fetch())
                .with(4, new TStruct().with(1, ThriftStatus.success()));
        return answer.with(DIRECT_RESULTS, direct);
    }

    private MetadataTable table(String method, Call call) throws IOException {
        TStruct request = call.request();
        return switch (method) {
            case "GetCatalogs" -> MetadataShape.CATALOGS.fill(show(call, "SHOW CATALOGS"));
            case "GetSchemas" ->
                MetadataShape.SCHEMAS.fill(
                        inCatalogs(call, request, name -> "SHOW SCHEMAS IN " + quote(name) + like(request, 3)));
            case "GetTables" -> tables(call, request);
            case "GetColumns" -> columns(call, request);
            case "GetFunctions" ->
                MetadataShape.FUNCTIONS.fill(inCatalogs(
                        call,
                        request,
                        name -> "SHOW FUNCTIONS IN CATALOG " + quote(name) + named(" SCHEMA", request, 3)
                                + like(request, 4)));
            case "GetPrimaryKeys" -> MetadataShape.PRIMARY_KEYS.fill(keys(call, "SHOW KEYS", request, 2));
            case "GetCrossReference" -> MetadataShape.CROSS_REFERENCE.fill(foreignKeys(call, request));
            case "GetTypeInfo" -> TypeInfo.table();
            default ->
                MetadataShape.TABLE_TYPES.fill(List.of(
                        Map.of("tableType", "SYSTEM TABLE"),
                        Map.of("tableType", "TABLE"),
                        Map.of("tableType", "VIEW")));
        };
    }

    private MetadataTable columns(Call call, TStruct request) throws IOException {
        List<Map<String, String>> rows = inCatalogs(
                call,
                request,
                name -> "SHOW COLUMNS IN CATALOG " + quote(name) + named(" SCHEMA", request, 3)
                        + named(" TABLE", request, 4) + like(request, 5));
        return MetadataShape.COLUMNS.fill(rows.stream().map(JdbcTypes::describe).toList());
    }

    private MetadataTable tables(Call call, TStruct request) throws IOException {
        List<String> wanted = new ArrayList<>();
        for (Object type : request.list(5)) {
            wanted.add(type instanceof byte[] name ? new String(name, StandardCharsets.UTF_8) : type.toString());
        }
        List<Map<String, String>> rows = inCatalogs(
                call,
                request,
                name -> "SHOW TABLES IN CATALOG " + quote(name) + named(" SCHEMA", request, 3) + like(request, 4));
        return MetadataShape.TABLES.fill(rows.stream()
                .filter(row -> wanted.isEmpty() || wanted.contains(row.getOrDefault("tableType", "TABLE")))
                .toList());
    }

    private interface Sql {
        String in(String catalog);
    }

    /** Runs a statement in the named catalog, or in each when the client names none. */
    private List<Map<String, String>> inCatalogs(Call call, TStruct request, Sql sql) throws IOException {
        Optional<String> named =
                request.text(2).filter(name -> !name.isEmpty() && !name.equals("%") && !name.equals("*"));
        List<String> catalogs = new ArrayList<>();
        show(call, "SHOW CATALOGS")
                .forEach(row -> catalogs.add(row.values().iterator().next()));
        // One that is not there is no error: it has nothing.
        catalogs.removeIf(catalog -> named.isPresent() && !catalog.equalsIgnoreCase(unescaped(named.get())));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String catalog : catalogs) {
            for (Map<String, String> row : show(call, sql.in(catalog))) {
                Map<String, String> full = new LinkedHashMap<>(row);
                full.putIfAbsent("catalogName", catalog);
                rows.add(full);
            }
        }
        return rows;
    }

    private static String unescaped(String name) {
        return name.replace("\\", "");
    }

    /** Returns the foreign keys of a table, of those that refer to a table, or of one that refers to another. */
    private List<Map<String, String>> foreignKeys(Call call, TStruct request) throws IOException {
        Optional<String> parent = request.text(4).filter(name -> !name.isEmpty());
        List<Map<String, String>> found = new ArrayList<>();
        if (request.text(7).filter(name -> !name.isEmpty()).isPresent()) {
            found.addAll(keys(call, "SHOW FOREIGN KEYS", request, 5));
        } else {
            for (Map<String, String> table : show(call, "SHOW TABLES IN ALL CATALOGS")) {
                if (!"VIEW".equals(table.get("tableType"))) {
                    found.addAll(show(
                            call,
                            keysOf(
                                    "SHOW FOREIGN KEYS",
                                    table.getOrDefault("catalogName", ""),
                                    table.getOrDefault("namespace", ""),
                                    table.getOrDefault("tableName", ""))));
                }
            }
        }
        found.removeIf(key -> parent.isPresent()
                && !(same(request.text(2), key.getOrDefault("parentCatalogName", ""))
                        && same(request.text(3), key.getOrDefault("parentNamespace", ""))
                        && same(parent, key.getOrDefault("parentTableName", ""))));
        return found;
    }

    private static boolean same(Optional<String> wanted, String name) {
        return wanted.filter(text -> !text.isEmpty())
                .map(name::equalsIgnoreCase)
                .orElse(true);
    }

    private static String keysOf(String show, String catalog, String schema, String table) {
        return show + " IN CATALOG " + quote(catalog) + " IN SCHEMA " + quote(schema) + " IN TABLE " + quote(table);
    }

    private List<Map<String, String>> keys(Call call, String show, TStruct request, int field) throws IOException {
        return show(
                call,
                keysOf(
                        show,
                        request.text(field).orElse(""),
                        request.text(field + 1).orElse(""),
                        request.text(field + 2).orElse("")));
    }

    private List<Map<String, String>> show(Call call, String sql) throws IOException {
        return query.run(call.principal(), sql);
    }

    private static String named(String level, TStruct request, int field) {
        String like = like(request, field);
        return like.isEmpty() ? "" : level + like;
    }

    private static String like(TStruct request, int field) {
        String pattern = request.text(field).orElse("");
        return pattern.isEmpty() || pattern.equals("%") ? "" : " LIKE '" + JdbcPatterns.toShow(pattern) + "'";
    }

    private static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    private static TStruct finished() {
        return new TStruct().with(1, ThriftStatus.success()).with(2, FINISHED).with(9, true);
    }

    /** Returns whether a call is about an open metadata operation. */
    boolean owns(Call call) {
        return find(call).isPresent();
    }

    TStruct status() {
        return finished();
    }

    TStruct schema(Call call) {
        return find(call).map(MetadataTable::schema).orElseThrow(MetadataCalls::closed);
    }

    TStruct fetch(Call call) {
        return open.fetch(Handles.id(call.request().struct(1)), call.request()).orElseThrow(MetadataCalls::closed);
    }

    TStruct close(Call call) {
        open.remove(Handles.id(call.request().struct(1)));
        return new TStruct().with(1, ThriftStatus.success());
    }

    private Optional<MetadataTable> find(Call call) {
        return open.find(Handles.id(call.request().struct(1)), call.principal());
    }

    private static ApiException closed() {
        return ApiException.notFound("The operation is closed.");
    }
}
