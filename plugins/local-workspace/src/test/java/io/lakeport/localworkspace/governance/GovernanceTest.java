package io.lakeport.localworkspace.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.state.StateFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GovernanceTest {
    private static final Securable TABLE = Securable.table(List.of("main", "s", "t"));
    private static final Securable SCHEMA = Securable.schema("main", "s");
    private static final Securable CATALOG = Securable.catalog("main");

    private final People people = new People();
    private final Governance governance = open(StateFiles.in(Optional.empty()));

    private Governance open(StateFiles state) {
        return Governance.open(people, state, Clock.systemUTC(), People.ADMIN, true);
    }

    private void grant(Securable on, String to, Set<Privilege> privileges) {
        governance.grant(on, to, privileges, People.ADMIN);
    }

    private String denial(String who, Privilege privilege, Securable on) {
        try {
            governance.access().require(governance.actor(who), privilege, on);
            return "";
        } catch (AccessDenied e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void require_missingLevels_namesTheOutermostFirst() {
        assertThat(denial("ann", Privilege.SELECT, TABLE))
                .isEqualTo("User does not have USE CATALOG on Catalog 'main'.");
        grant(CATALOG, "ann", Set.of(Privilege.USE_CATALOG));
        assertThat(denial("ann", Privilege.SELECT, TABLE))
                .isEqualTo("User does not have USE SCHEMA on Schema 'main.s'.");
        grant(SCHEMA, "ann", Set.of(Privilege.USE_SCHEMA));
        assertThat(denial("ann", Privilege.SELECT, TABLE)).isEqualTo("User does not have SELECT on Table 'main.s.t'.");
        grant(TABLE, "ann", Set.of(Privilege.SELECT));
        assertThat(denial("ann", Privilege.SELECT, TABLE)).isEmpty();
        assertThat(denial("ann", Privilege.MODIFY, TABLE)).isNotEmpty();
    }

    @Test
    void grants_onCatalogToAGroup_reachMembersAndTables() {
        people.put("ann", "analysts");
        grant(CATALOG, "analysts", EnumSet.of(Privilege.USE_CATALOG, Privilege.USE_SCHEMA, Privilege.SELECT));
        assertThat(denial("ann", Privilege.SELECT, TABLE)).isEmpty();
        assertThat(denial("bob", Privilege.SELECT, TABLE)).isNotEmpty();
        governance.revoke(CATALOG, "analysts", Set.of(Privilege.SELECT));
        assertThat(denial("ann", Privilege.SELECT, TABLE)).contains("SELECT");
    }

    @Test
    void ownership_ofSchema_managesTablesButDoesNotReadThem() {
        grant(CATALOG, "ann", Set.of(Privilege.USE_CATALOG));
        governance.created(SCHEMA, "ann");
        governance.created(TABLE, "bob");
        Actor ann = governance.actor("ann");
        assertThat(denial("ann", Privilege.SELECT, TABLE)).contains("SELECT");
        assertThat(governance.access().manages(ann, TABLE)).isTrue();
        assertThat(governance.access().sees(ann, TABLE)).isTrue();
        assertThat(governance.access().manages(ann, CATALOG)).isFalse();
    }

    @Test
    void allPrivileges_revoked_leavesWhatWasGrantedSeparately() {
        grant(CATALOG, "ann", Set.of(Privilege.ALL_PRIVILEGES, Privilege.SELECT));
        assertThat(denial("ann", Privilege.MODIFY, TABLE)).isEmpty();
        governance.revoke(CATALOG, "ann", Set.of(Privilege.ALL_PRIVILEGES));
        assertThat(governance.grants().of(CATALOG)).containsEntry("ann", Set.of(Privilege.SELECT));
    }

    @Test
    void useSchema_onCatalogSystem_doesNotCascade() {
        Securable usage = Securable.table(List.of("system", "billing", "usage"));
        grant(
                Securable.catalog("system"),
                "ann",
                EnumSet.of(Privilege.USE_CATALOG, Privilege.USE_SCHEMA, Privilege.SELECT));
        assertThat(denial("ann", Privilege.SELECT, usage))
                .isEqualTo("User does not have USE SCHEMA on Schema 'system.billing'.");
        grant(Securable.schema("system", "billing"), "ann", Set.of(Privilege.USE_SCHEMA));
        assertThat(denial("ann", Privilege.SELECT, usage)).isEmpty();
        assertThat(denial(People.ADMIN, Privilege.SELECT, usage)).isEmpty();
    }

    @Test
    void sees_withBrowse_allThatLiesInTheCatalog() {
        Actor ann = governance.actor("ann");
        assertThat(governance.access().sees(ann, CATALOG)).isFalse();
        grant(CATALOG, "ann", Set.of(Privilege.BROWSE));
        assertThat(governance.access().sees(ann, CATALOG)).isTrue();
        assertThat(governance.access().sees(ann, TABLE)).isTrue();
        assertThat(denial("ann", Privilege.SELECT, TABLE)).contains("USE CATALOG");
    }

    @Test
    void grant_unfitOrUnknown_isRefusedAsDatabricksDoes() {
        assertThatThrownBy(() -> grant(TABLE, "ann", Set.of(Privilege.USE_SCHEMA)))
                .isInstanceOf(GovernanceException.class)
                .hasMessageContaining("Privilege USE SCHEMA is not applicable to this entity");
        assertThatThrownBy(() -> grant(TABLE, "nobody", Set.of(Privilege.SELECT)))
                .hasMessage("Could not find principal with name nobody.");
        assertThat(Privilege.parse("usage", SecurableType.CATALOG)).containsExactly(Privilege.USE_CATALOG);
        assertThat(Privilege.parse("USAGE", SecurableType.SCHEMA)).containsExactly(Privilege.USE_SCHEMA);
    }

    @Test
    void state_afterRestart_keepsOwnersGrantsAndVolumes(@TempDir Path directory) {
        Governance first = open(StateFiles.in(Optional.of(directory)));
        first.created(SCHEMA, "ann");
        first.grant(TABLE, "bob", Set.of(Privilege.SELECT), People.ADMIN);
        first.volumes().createExternal(List.of("main", "s", "V"), "ann", "s3://bucket/a/");
        Volume managed =
                first.volumes().createManaged(List.of("main", "s", "m"), "ann").orElseThrow();
        Governance second = open(StateFiles.in(Optional.of(directory)));
        assertThat(second.securables().get(SCHEMA).owner()).isEqualTo("ann");
        assertThat(second.grants().of(TABLE)).containsEntry("bob", Set.of(Privilege.SELECT));
        assertThat(second.volumes().list("main", "s"))
                .extracting(Volume::path)
                .containsExactly("/Volumes/main/s/m", "/Volumes/main/s/v");
        assertThat(second.volumes().find(List.of("main", "s", "m"))).contains(managed);
        assertThat(second.volumes()
                        .find(List.of("main", "s", "v"))
                        .orElseThrow()
                        .storageLocation())
                .isEqualTo("s3://bucket/a");
    }

    @Test
    void dropped_schema_forgetsWhatLayInIt() {
        grant(TABLE, "ann", Set.of(Privilege.SELECT));
        governance.volumes().createManaged(List.of("main", "s", "m"), "ann");
        governance.dropped(SCHEMA);
        assertThat(governance.grants().of(TABLE)).isEmpty();
        assertThat(governance.volumes().list("main", "s")).isEmpty();
    }

    @Test
    void renamed_schema_keepsOwnersAndGrants() {
        governance.created(TABLE, "ann");
        grant(TABLE, "bob", Set.of(Privilege.SELECT));
        Securable other = Securable.table(List.of("main", "s2", "t"));
        governance.renamed(SCHEMA, Securable.schema("main", "s2"));
        assertThat(governance.securables().get(other).owner()).isEqualTo("ann");
        assertThat(governance.grants().of(other)).containsKey("bob");
        assertThat(governance.grants().of(TABLE)).isEmpty();
    }
}
