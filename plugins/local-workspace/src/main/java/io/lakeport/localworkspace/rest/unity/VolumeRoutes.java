package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.governance.Volume;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;

/** Volumes. */
final class VolumeRoutes {
    private static final String VOLUMES = Unity.API + "/volumes";

    private final Unity unity;

    VolumeRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", VOLUMES, unity.call(this::list));
        router.add("POST", VOLUMES, unity.call(this::create));
        router.add("GET", VOLUMES + "/{name}", unity.call(this::get));
        router.add("PATCH", VOLUMES + "/{name}", unity.call(this::update));
        router.add("DELETE", VOLUMES + "/{name}", unity.call(this::delete));
    }

    private Securable named(Call call) {
        return Unity.named(SecurableType.VOLUME, call.path().get("name"));
    }

    private void list(Call call) throws IOException {
        Securable schema =
                Unity.named(SecurableType.SCHEMA, call.required("catalog_name") + "." + call.required("schema_name"));
        unity.requireVisible(call, schema, Privilege.USE_SCHEMA);
        List<ObjectNode> all = unity.governance().volumes().list(schema.name().get(0), schema.lastName()).stream()
                .filter(v -> unity.sees(call, v.securable()))
                .map(v -> body(v.securable()))
                .toList();
        call.answerPage("volumes", all);
    }

    private void create(Call call) throws IOException {
        JsonNode body = call.body();
        Securable volume = Unity.named(
                SecurableType.VOLUME,
                Call.required(body, "catalog_name") + "." + Call.required(body, "schema_name") + "."
                        + Call.required(body, "name"));
        String type = Call.required(body, "volume_type");
        boolean external = type.equals("EXTERNAL");
        if (!external && !type.equals("MANAGED")) {
            throw GovernanceException.invalid("volume_type must be MANAGED or EXTERNAL, not " + type);
        }
        if (external != Json.text(body, "storage_location").isPresent()) {
            throw GovernanceException.invalid("An external volume, and only that, has a storage_location.");
        }
        String location = Json.text(body, "storage_location")
                .map(t -> " LOCATION " + Bodies.literal(t))
                .orElse("");
        String comment = Json.text(body, "comment")
                .map(t -> " COMMENT " + Bodies.literal(t))
                .orElse("");
        unity.run(
                call,
                "CREATE " + (external ? "EXTERNAL " : "") + "VOLUME " + Bodies.quote(volume) + location + comment);
        call.answer(body(volume));
    }

    private void get(Call call) throws IOException {
        Securable volume = named(call);
        unity.requireVisible(call, volume, Privilege.READ_VOLUME);
        call.answer(body(volume));
    }

    private void update(Call call) throws IOException {
        Securable volume = named(call);
        unity.requireExisting(volume);
        JsonNode body = call.body();
        Bodies.update(unity.governance(), call, volume, body);
        String name = Json.text(body, "new_name").orElse(volume.lastName());
        Securable to = Securable.of(
                SecurableType.VOLUME, volume.name().get(0), volume.name().get(1), name);
        if (!to.equals(volume)) {
            unity.run(call, "ALTER VOLUME " + Bodies.quote(volume) + " RENAME TO " + Bodies.quote(to));
        }
        call.answer(body(to));
    }

    private void delete(Call call) throws IOException {
        Securable volume = named(call);
        unity.requireExisting(volume);
        unity.run(call, "DROP VOLUME " + Bodies.quote(volume));
        call.answerEmpty();
    }

    private ObjectNode body(Securable securable) {
        Volume volume = unity.governance()
                .volumes()
                .find(securable.name())
                .orElseThrow(() -> GovernanceException.missing(securable));
        return Bodies.of(unity.governance().securables().get(securable))
                .put("volume_id", volume.id())
                .put("volume_type", volume.external() ? "EXTERNAL" : "MANAGED")
                .put("storage_location", volume.storageLocation())
                .put("browse_only", false);
    }
}
