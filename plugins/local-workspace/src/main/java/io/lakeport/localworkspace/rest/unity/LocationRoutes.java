package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.ExternalStorage;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;

/** External locations. */
final class LocationRoutes {
    private static final String LOCATIONS = Unity.API + "/external-locations";

    private final Unity unity;

    LocationRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", LOCATIONS, unity.call(this::list));
        router.add("POST", LOCATIONS, unity.call(this::create));
        router.add("GET", LOCATIONS + "/{name}", unity.call(this::get));
        router.add("PATCH", LOCATIONS + "/{name}", unity.call(this::update));
        router.add("DELETE", LOCATIONS + "/{name}", unity.call(this::delete));
    }

    private void list(Call call) throws IOException {
        List<ObjectNode> all = unity.governance().storage().locations().stream()
                .filter(i -> unity.sees(call, i.securable()))
                .map(this::body)
                .toList();
        call.answerPage("external_locations", all);
    }

    private void create(Call call) throws IOException {
        JsonNode body = call.body();
        String credential = Call.required(body, "credential_name");
        unity.access().require(call.actor(), Privilege.CREATE_EXTERNAL_LOCATION, Securable.METASTORE);
        unity.requireExisting(ExternalStorage.credential(credential));
        unity.access()
                .require(call.actor(), Privilege.CREATE_EXTERNAL_LOCATION, ExternalStorage.credential(credential));
        SecurableInfo info = unity.governance()
                .storage()
                .createLocation(
                        Call.required(body, "name"),
                        call.user(),
                        Call.required(body, "url"),
                        credential,
                        body.path("read_only").asBoolean());
        if (body.hasNonNull("comment")) {
            info = unity.governance()
                    .securables()
                    .update(
                            info.securable(),
                            call.user(),
                            i -> i.withComment(body.get("comment").asText()));
        }
        call.answer(body(info));
    }

    private Securable existing(Call call) {
        Securable location =
                Unity.named(SecurableType.EXTERNAL_LOCATION, call.path().get("name"));
        unity.requireExisting(location);
        return location;
    }

    private void get(Call call) throws IOException {
        Securable location = existing(call);
        unity.requireVisible(call, location, Privilege.BROWSE);
        call.answer(body(unity.governance().securables().get(location)));
    }

    private void update(Call call) throws IOException {
        Securable location = existing(call);
        JsonNode body = call.body();
        ExternalStorage storage = unity.governance().storage();
        String name = location.lastName();
        unity.access().requireManage(call.actor(), location);
        Json.text(body, "credential_name").ifPresent(c -> {
            unity.requireExisting(ExternalStorage.credential(c));
            unity.access().require(call.actor(), Privilege.CREATE_EXTERNAL_LOCATION, ExternalStorage.credential(c));
            storage.reassignLocation(name, call.user(), c);
        });
        Json.text(body, "url").ifPresent(url -> storage.moveLocation(name, call.user(), url));
        if (body.hasNonNull("read_only")) {
            String readOnly = body.get("read_only").asText();
            unity.governance()
                    .securables()
                    .update(location, call.user(), i -> i.withDetail(ExternalStorage.READ_ONLY, readOnly));
        }
        Bodies.update(unity.governance(), call, location, body);
        Securable to = ExternalStorage.location(Json.text(body, "new_name").orElse(name));
        if (!to.equals(location)) {
            storage.rename(location, to);
        }
        call.answer(body(unity.governance().securables().get(to)));
    }

    private void delete(Call call) throws IOException {
        Securable location = existing(call);
        unity.access().requireManage(call.actor(), location);
        unity.governance().storage().drop(location, call.flag("force"));
        call.answerEmpty();
    }

    private ObjectNode body(SecurableInfo info) {
        String credential = String.valueOf(info.detail(ExternalStorage.CREDENTIAL));
        return Bodies.of(info)
                .put("url", info.detail(ExternalStorage.URL))
                .put("credential_name", credential)
                .put(
                        "credential_id",
                        unity.governance()
                                .securables()
                                .get(ExternalStorage.credential(credential))
                                .id())
                .put("read_only", "true".equals(info.detail(ExternalStorage.READ_ONLY)))
                .put("fallback", false)
                .put("isolation_mode", "ISOLATION_MODE_OPEN")
                .put("browse_only", false);
    }
}
