package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SystemSchemas;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The metastore, its assignment to the workspace, and the schemas of the catalog {@code system}. */
final class MetastoreRoutes {
    private static final String METASTORES = Unity.API + "/metastores";
    private static final String SCHEMAS = METASTORES + "/{id}/systemschemas";

    private final Unity unity;

    MetastoreRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", Unity.API + "/metastore_summary", unity.call(c -> c.answer(body())));
        router.add("GET", Unity.API + "/current-metastore-assignment", unity.call(this::assignment));
        router.add("GET", METASTORES, unity.call(this::list));
        router.add("GET", METASTORES + "/{id}", unity.call(this::get));
        router.add("PATCH", METASTORES + "/{id}", unity.call(this::update));
        router.add("GET", SCHEMAS, unity.call(this::schemas));
        router.add("PUT", SCHEMAS + "/{schema}", unity.call(c -> set(c, true)));
        router.add("DELETE", SCHEMAS + "/{schema}", unity.call(c -> set(c, false)));
    }

    private ObjectNode body() {
        ObjectNode body = Bodies.of(unity.governance().securables().get(Securable.METASTORE));
        body.remove("full_name");
        return body.put("name", Metastores.NAME)
                .put("storage_root", Metastores.ROOT)
                .put("cloud", "aws")
                .put("region", Metastores.REGION)
                .put("global_metastore_id", "aws:" + Metastores.REGION + ":" + Metastores.ID)
                .put("privilege_model_version", "1.0")
                .put("delta_sharing_scope", "INTERNAL")
                .put("external_access_enabled", true);
    }

    private void assignment(Call call) throws IOException {
        call.answer(Json.object()
                .put("metastore_id", Metastores.ID)
                .put("workspace_id", Long.parseLong(WorkspaceIdentity.WORKSPACE_ID))
                .put("default_catalog_name", "main"));
    }

    private void list(Call call) throws IOException {
        requireAdmin(call);
        call.answerPage("metastores", List.of(body()));
    }

    private void get(Call call) throws IOException {
        requireThis(call);
        requireAdmin(call);
        call.answer(body());
    }

    private void update(Call call) throws IOException {
        requireThis(call);
        JsonNode body = call.body();
        Bodies.update(unity.governance(), call, Securable.METASTORE, body);
        call.answer(body());
    }

    private static void requireThis(Call call) {
        String id = call.path().get("id");
        if (!id.equals(Metastores.ID)) {
            throw new GovernanceException(404, "METASTORE_DOES_NOT_EXIST", "Metastore '" + id + "' does not exist.");
        }
    }

    private static void requireAdmin(Call call) {
        if (!call.actor().metastoreAdmin()) {
            throw new GovernanceException(
                    403, "PERMISSION_DENIED", "User is not a metastore admin for Metastore '" + Metastores.NAME + "'.");
        }
    }

    private void schemas(Call call) throws IOException {
        requireThis(call);
        SystemSchemas schemas = unity.governance().systemSchemas();
        List<ObjectNode> all = new ArrayList<>();
        for (String name : schemas.names()) {
            String state = schemas.enabled(name) ? "ENABLE_COMPLETED" : "AVAILABLE";
            all.add(Json.object().put("schema", name).put("state", state));
        }
        call.answerPage("schemas", all);
    }

    private void set(Call call, boolean enable) throws IOException {
        requireThis(call);
        requireAdmin(call);
        unity.governance().systemSchemas().set(call.path().get("schema"), enable);
        call.answerEmpty();
    }
}
