package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;

/** Catalogs and schemas. */
final class CatalogRoutes {
    private static final String CATALOGS = Unity.API + "/catalogs";
    private static final String SCHEMAS = Unity.API + "/schemas";

    private final Unity unity;

    CatalogRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", CATALOGS, unity.call(this::catalogs));
        router.add("POST", CATALOGS, unity.call(this::createCatalog));
        router.add("GET", CATALOGS + "/{name}", unity.call(c -> get(c, SecurableType.CATALOG)));
        router.add("PATCH", CATALOGS + "/{name}", unity.call(c -> update(c, SecurableType.CATALOG)));
        router.add("DELETE", CATALOGS + "/{name}", unity.call(c -> delete(c, SecurableType.CATALOG)));
        router.add("GET", SCHEMAS, unity.call(this::schemas));
        router.add("POST", SCHEMAS, unity.call(this::createSchema));
        router.add("GET", SCHEMAS + "/{name}", unity.call(c -> get(c, SecurableType.SCHEMA)));
        router.add("PATCH", SCHEMAS + "/{name}", unity.call(c -> update(c, SecurableType.SCHEMA)));
        router.add("DELETE", SCHEMAS + "/{name}", unity.call(c -> delete(c, SecurableType.SCHEMA)));
    }

    private void catalogs(Call call) throws IOException {
        List<ObjectNode> all = unity.contents().catalogs().stream()
                .map(Securable::catalog)
                .filter(s -> unity.sees(call, s))
                .map(this::body)
                .toList();
        call.answerPage("catalogs", all);
    }

    private void schemas(Call call) throws IOException {
        Securable catalog = Unity.named(SecurableType.CATALOG, call.required("catalog_name"));
        unity.requireVisible(call, catalog, Privilege.USE_CATALOG);
        List<ObjectNode> all = unity.contents().schemas(catalog.lastName()).stream()
                .map(s -> Securable.schema(catalog.lastName(), s))
                .filter(s -> unity.sees(call, s))
                .map(this::body)
                .toList();
        call.answerPage("schemas", all);
    }

    private void createCatalog(Call call) throws IOException {
        JsonNode body = call.body();
        Securable catalog = Unity.named(SecurableType.CATALOG, Call.required(body, "name"));
        if (body.hasNonNull("provider_name") || body.hasNonNull("share_name") || body.hasNonNull("connection_name")) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The local workspace has no shared and no foreign catalogs.");
        }
        create(call, "CREATE CATALOG " + Bodies.quote(catalog), catalog, body);
    }

    private void createSchema(Call call) throws IOException {
        JsonNode body = call.body();
        Securable schema = Unity.named(
                SecurableType.SCHEMA, Call.required(body, "catalog_name") + "." + Call.required(body, "name"));
        create(call, "CREATE SCHEMA " + Bodies.quote(schema), schema, body);
    }

    private void create(Call call, String sql, Securable securable, JsonNode body) throws IOException {
        String root = Json.text(body, "storage_root")
                .map(t -> " MANAGED LOCATION " + Bodies.literal(t))
                .orElse("");
        String comment = Json.text(body, "comment")
                .map(t -> " COMMENT " + Bodies.literal(t))
                .orElse("");
        unity.run(call, sql + root + comment);
        if (body.hasNonNull("properties")) {
            unity.governance()
                    .securables()
                    .update(securable, call.user(), i -> i.withProperties(Bodies.texts(body.get("properties"))));
        }
        call.answer(body(securable));
    }

    private void get(Call call, SecurableType type) throws IOException {
        Securable securable = Unity.named(type, call.path().get("name"));
        unity.requireVisible(
                call, securable, type == SecurableType.CATALOG ? Privilege.USE_CATALOG : Privilege.USE_SCHEMA);
        call.answer(body(securable));
    }

    private void update(Call call, SecurableType type) throws IOException {
        Securable securable = Unity.named(type, call.path().get("name"));
        unity.requireExisting(securable);
        JsonNode body = call.body();
        if (Json.text(body, "new_name")
                .filter(n -> !n.equals(securable.lastName()))
                .isPresent()) {
            throw new ApiException(501, "NOT_IMPLEMENTED", "The local workspace does not rename catalogs and schemas.");
        }
        Bodies.update(unity.governance(), call, securable, body);
        if (body.hasNonNull("isolation_mode")) {
            unity.governance()
                    .securables()
                    .update(
                            securable,
                            call.user(),
                            i -> i.withDetail(
                                    "isolation_mode", body.get("isolation_mode").asText()));
        }
        call.answer(body(securable));
    }

    private void delete(Call call, SecurableType type) throws IOException {
        Securable securable = Unity.named(type, call.path().get("name"));
        unity.requireExisting(securable);
        String cascade = call.flag("force") ? " CASCADE" : "";
        unity.run(call, "DROP " + type + " " + Bodies.quote(securable) + cascade);
        call.answerEmpty();
    }

    private ObjectNode body(Securable securable) {
        SecurableInfo info = unity.governance().securables().get(securable);
        ObjectNode body = Bodies.of(info);
        String type = securable.name().get(0).equals("system") ? "SYSTEM_CATALOG" : "MANAGED_CATALOG";
        body.put("catalog_type", type).put("securable_type", securable.type().name());
        if (!info.properties().isEmpty()) {
            Bodies.properties(body, info.properties());
        }
        String root = info.detail("storage_root");
        if (root != null) {
            body.put("storage_root", root).put("storage_location", root + "/__unitystorage/" + info.id());
        }
        if (securable.type() == SecurableType.SCHEMA) {
            return body.put("schema_id", info.id());
        }
        String isolation = info.detail("isolation_mode");
        return body.put("id", info.id())
                .put("isolation_mode", isolation == null ? "OPEN" : isolation)
                .put("accessible_in_current_workspace", true)
                .put("browse_only", false);
    }
}
