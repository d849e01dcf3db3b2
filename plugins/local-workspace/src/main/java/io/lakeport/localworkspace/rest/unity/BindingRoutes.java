package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which workspaces an object is bound to. Bindings are kept and told; there is one workspace, and it has access. */
final class BindingRoutes {
    private static final String BINDINGS = "workspace_bindings";

    private final Unity unity;

    BindingRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", Unity.API + "/bindings/{type}/{name}", unity.call(this::get));
        router.add("PATCH", Unity.API + "/bindings/{type}/{name}", unity.call(this::update));
    }

    private Securable securable(Call call) {
        SecurableType type = SecurableType.ofPath(call.path().get("type"))
                .filter(t -> t.levels() == 1)
                .orElseThrow(() -> GovernanceException.invalid(
                        "Objects of the type '" + call.path().get("type") + "' are not bound to workspaces."));
        Securable securable = Unity.named(type, call.path().get("name"));
        unity.requireExisting(securable);
        unity.access().requireManage(call.actor(), securable);
        return securable;
    }

    private void get(Call call) throws IOException {
        answer(call, securable(call));
    }

    private Map<Long, String> bindings(Securable securable) {
        String text = unity.governance().securables().get(securable).detail(BINDINGS);
        Map<Long, String> bindings = new TreeMap<>();
        for (String binding : text == null || text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] parts = binding.split("=", 2);
            bindings.put(Long.parseLong(parts[0]), parts[1]);
        }
        return bindings;
    }

    private void answer(Call call, Securable securable) throws IOException {
        List<ObjectNode> all = new ArrayList<>();
        bindings(securable)
                .forEach((id, type) ->
                        all.add(Json.object().put("workspace_id", id).put("binding_type", type)));
        call.answerPage("bindings", all);
    }

    private void update(Call call) throws IOException {
        Securable securable = securable(call);
        Map<Long, String> bindings = bindings(securable);
        JsonNode body = call.body();
        body.path("remove").forEach(b -> bindings.remove(b.path("workspace_id").asLong()));
        body.path("add")
                .forEach(b -> bindings.put(
                        b.path("workspace_id").asLong(),
                        Json.text(b, "binding_type").orElse("BINDING_TYPE_READ_WRITE")));
        List<String> texts = new ArrayList<>();
        bindings.forEach((id, type) -> texts.add(id + "=" + type));
        unity.governance()
                .securables()
                .update(securable, call.user(), i -> i.withDetail(BINDINGS, String.join(",", texts)));
        answer(call, securable);
    }
}
