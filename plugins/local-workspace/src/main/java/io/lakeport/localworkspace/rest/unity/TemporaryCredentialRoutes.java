package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.CatalogTable;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.governance.Volume;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Short-lived credentials for the storage of a table, a volume or a path. */
final class TemporaryCredentialRoutes {
    private static final String API = "/api/2.0/unity-catalog";

    private final Unity unity;
    private final CredentialVending vending;

    TemporaryCredentialRoutes(Unity unity, Clock clock, ExternalStores stores) {
        this.unity = unity;
        this.vending = new CredentialVending(clock, stores);
    }

    void addTo(Router router) {
        for (String api : new String[] {API, Unity.API}) {
            router.add("POST", api + "/temporary-table-credentials", unity.call(this::table));
            router.add("POST", api + "/temporary-volume-credentials", unity.call(this::volume));
            router.add("POST", api + "/temporary-path-credentials", unity.call(this::path));
        }
    }

    private static boolean writes(JsonNode body, String read, String... write) {
        String operation = Call.required(body, "operation");
        for (String w : write) {
            if (operation.equals(w)) {
                return true;
            }
        }
        if (!operation.equals(read)) {
            throw GovernanceException.invalid("Unknown operation: " + operation);
        }
        return false;
    }

    private void table(Call call) throws IOException {
        JsonNode body = call.body();
        boolean writes = writes(body, "READ", "READ_WRITE");
        String id = Call.required(body, "table_id");
        CatalogTable table = byId(id).orElseThrow(() ->
                new GovernanceException(404, "TABLE_DOES_NOT_EXIST", "Table '" + id + "' does not exist."));
        Securable securable = Securable.table(table.name());
        unity.access().require(call.actor(), Privilege.EXTERNAL_USE_SCHEMA, schema(securable));
        unity.access().require(call.actor(), Privilege.SELECT, securable);
        if (writes) {
            unity.access().require(call.actor(), Privilege.MODIFY, securable);
        }
        if (table.view()) {
            throw GovernanceException.invalid("Table '" + securable.fullName() + "' is a view and has no storage.");
        }
        call.answer(vending.vend(Metastores.ROOT + "/tables/" + id));
    }

    private static Securable schema(Securable inside) {
        return Securable.schema(inside.name().get(0), inside.name().get(1));
    }

    /** Tables that nobody created through SQL are known by their default ids only. */
    private Optional<CatalogTable> byId(String id) {
        Optional<Securable> known = unity.governance().securables().byId(id).map(SecurableInfo::securable);
        if (known.isPresent() && known.get().type() == SecurableType.TABLE) {
            return unity.contents().table(known.get().name());
        }
        return unity.contents().catalogs().stream()
                .flatMap(c -> unity.contents().schemas(c).stream().flatMap(s -> unity.contents().tables(c, s).stream()))
                .filter(t -> unity.governance()
                        .securables()
                        .get(Securable.table(t.name()))
                        .id()
                        .equals(id))
                .findFirst();
    }

    private void volume(Call call) throws IOException {
        JsonNode body = call.body();
        boolean writes = writes(body, "READ_VOLUME", "WRITE_VOLUME");
        String id = Call.required(body, "volume_id");
        Volume volume = unity.governance()
                .securables()
                .byId(id)
                .flatMap(i -> unity.governance().volumes().find(i.securable().name()))
                .orElseThrow(() ->
                        new GovernanceException(404, "VOLUME_DOES_NOT_EXIST", "Volume '" + id + "' does not exist."));
        unity.access().require(call.actor(), Privilege.EXTERNAL_USE_SCHEMA, schema(volume.securable()));
        unity.access()
                .require(call.actor(), writes ? Privilege.WRITE_VOLUME : Privilege.READ_VOLUME, volume.securable());
        call.answer(vending.vend(volume.storageLocation()));
    }

    private void path(Call call) throws IOException {
        JsonNode body = call.body();
        String operation = Call.required(body, "operation");
        boolean writes = writes(body, "PATH_READ", "PATH_READ_WRITE", "PATH_CREATE_TABLE");
        String url = Call.required(body, "url");
        SecurableInfo location = unity.governance()
                .storage()
                .locationOf(url)
                .orElseThrow(() -> new GovernanceException(
                        404,
                        "EXTERNAL_LOCATION_DOES_NOT_EXIST",
                        "No external location covers the path '" + url + "'."));
        Securable securable = location.securable();
        unity.access().require(call.actor(), Privilege.EXTERNAL_USE_LOCATION, securable);
        if (operation.equals("PATH_CREATE_TABLE")) {
            unity.access().require(call.actor(), Privilege.CREATE_EXTERNAL_TABLE, securable);
        } else {
            unity.access().require(call.actor(), Privilege.READ_FILES, securable);
            if (writes) {
                unity.access().require(call.actor(), Privilege.WRITE_FILES, securable);
            }
        }
        boolean dry = body.path("dry_run").asBoolean();
        call.answer(dry ? Json.object() : vending.vend(url));
    }
}
