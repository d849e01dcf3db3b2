package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.AccessControl;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Grants and effective grants. */
final class GrantRoutes {
    private static final String OBJECT = "/{type}/{name}";

    private final Unity unity;

    GrantRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", Unity.API + "/permissions" + OBJECT, unity.call(c -> answer(c, false)));
        router.add("PATCH", Unity.API + "/permissions" + OBJECT, unity.call(this::update));
        router.add("GET", Unity.API + "/effective-permissions" + OBJECT, unity.call(c -> answer(c, true)));
        router.add("GET", Unity.API + "/privilege-assignments" + OBJECT, unity.call(c -> answer(c, false)));
        router.add("GET", Unity.API + "/effective-privilege-assignments" + OBJECT, unity.call(c -> answer(c, true)));
    }

    private Securable securable(Call call) {
        String text = call.path().get("type");
        SecurableType type = SecurableType.ofPath(text)
                .orElseThrow(() -> GovernanceException.invalid(
                        "SECURABLE_TYPE '" + text + "' is not a type of object that this metastore keeps grants of."));
        Securable securable = type == SecurableType.METASTORE
                ? Securable.METASTORE
                : Unity.named(type, call.path().get("name"));
        unity.requireExisting(securable);
        return securable;
    }

    /** One principal's privilege and the object that it comes from. */
    private record Held(Privilege privilege, Securable from) {}

    private void answer(Call call, boolean effective) throws IOException {
        Securable securable = securable(call);
        if (!unity.sees(call, securable)) {
            unity.access().requireUse(call.actor(), securable);
            unity.access().requireManage(call.actor(), securable);
        }
        Map<String, List<Held>> held = new TreeMap<>();
        collect(call, securable, securable, effective, held);
        List<ObjectNode> all = new ArrayList<>();
        held.forEach((String principal, List<Held> privileges) -> {
            ObjectNode node = Json.object().put("principal", principal);
            ArrayNode array = node.putArray("privileges");
            privileges.forEach(h -> add(array, h, securable, effective));
            all.add(node);
        });
        call.answerPage("privilege_assignments", all);
    }

    /** Those who do not manage an object are told only what they were granted themselves. */
    private void collect(Call call, Securable asked, Securable at, boolean up, Map<String, List<Held>> held) {
        boolean all = unity.access().manages(call.actor(), at);
        Optional<String> wanted = call.query("principal");
        for (Map.Entry<String, Set<Privilege>> e :
                unity.governance().grants().of(at).entrySet()) {
            boolean mine = call.actor().identities().contains(e.getKey());
            if ((all || mine) && wanted.map(e.getKey()::equals).orElse(true)) {
                e.getValue().stream()
                        .filter(p -> at.equals(asked) || p.appliesTo(asked.type()) && AccessControl.passesOn(at, p))
                        .forEach(p -> held.computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                                .add(new Held(p, at)));
            }
        }
        if (up) {
            at.parent().ifPresent(p -> collect(call, asked, p, true, held));
        }
    }

    private static void add(ArrayNode array, Held held, Securable asked, boolean effective) {
        if (!effective) {
            array.add(held.privilege().name());
            return;
        }
        ObjectNode node = array.addObject().put("privilege", held.privilege().name());
        if (!held.from().equals(asked)) {
            node.put("inherited_from_type", held.from().type().name())
                    .put("inherited_from_name", held.from().fullName());
        }
    }

    private void update(Call call) throws IOException {
        Securable securable = securable(call);
        JsonNode changes = call.body().path("changes");
        unity.access().requireManage(call.actor(), securable);
        // All of it is looked at before any of it is done.
        for (JsonNode change : changes) {
            unity.governance().requirePrincipal(Call.required(change, "principal"));
            unity.governance().requireApplicable(securable, privileges(change.path("add"), securable));
            unity.governance().requireApplicable(securable, privileges(change.path("remove"), securable));
        }
        for (JsonNode change : changes) {
            String principal = Call.required(change, "principal");
            unity.governance().revoke(securable, principal, privileges(change.path("remove"), securable));
            unity.governance().grant(securable, principal, privileges(change.path("add"), securable), call.user());
        }
        answer(call, false);
    }

    private static Set<Privilege> privileges(JsonNode names, Securable securable) {
        Set<Privilege> all = EnumSet.noneOf(Privilege.class);
        for (JsonNode name : names) {
            try {
                all.addAll(Privilege.parse(name.asText(), securable.type()));
            } catch (IllegalArgumentException e) {
                throw GovernanceException.invalid("Unknown privilege: " + name.asText());
            }
        }
        return all;
    }
}
