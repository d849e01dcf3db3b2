package io.lakeport.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.StoreSettings;
import io.lakeport.app.demo.DemoPlan;
import io.lakeport.app.demo.DemoRoad;
import io.lakeport.app.demo.DemoScreen;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo's road against a real workspace. */
@Tag("live")
class LiveRoadTest {
    private final LiveWorkspace workspace = new LiveWorkspace();

    @Test
    void walk_realWorkspace_provesFilesEqualSource() {
        try (Lakeport lakeport = Lakeport.builder().config(workspace.config()).build()) {
            DemoPlan plan = new DemoPlan(workspace.origin(), workspace.table(""), workspace.target());
            assertThat(new DemoRoad(lakeport.tenant("live"), plan, new DemoScreen(System.out)).walk())
                    .isTrue();
        }
    }

    @AfterEach
    void removeFiles() {
        StoreSettings settings = workspace.store();
        try (ObjectStore store = ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains(settings.root().getScheme()))
                .findFirst()
                .orElseThrow()
                .open(new ObjectStoreContext(
                        settings.root(),
                        settings.properties(),
                        settings.secrets(),
                        TenantId.of("live"),
                        UserAgentEntry.parse("Lakeport_Live/1.0"),
                        Guard.NONE))) {
            store.list("").forEach(object -> store.delete(object.key()));
            assertThat(store.list("")).isEmpty();
        }
    }
}
