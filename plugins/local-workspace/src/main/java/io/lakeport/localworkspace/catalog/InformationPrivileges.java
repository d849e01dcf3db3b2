package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.AccessControl;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views of {@code information_schema} about grants. Who manages an object sees all that was granted on it, others
 * what was granted to themselves.
 */
final class InformationPrivileges {
    private final SessionCatalog visible;
    private final Governance governance;
    private final InformationTables tables;

    InformationPrivileges(SessionCatalog visible, Governance governance, InformationTables tables) {
        this.visible = visible;
        this.governance = governance;
        this.tables = tables;
    }

    Optional<Listing> listing(String view) {
        return switch (view) {
            case "catalog_privileges" -> Optional.of(of(catalogs(), "catalog_name"));
            case "schema_privileges" -> Optional.of(of(schemas(), "catalog_name", "schema_name"));
            case "table_privileges" -> Optional.of(of(relations(), "table_catalog", "table_schema", "table_name"));
            case "volume_privileges" ->
                Optional.of(of(inCatalogs(SecurableType.VOLUME), "volume_catalog", "volume_schema", "volume_name"));
            case "routine_privileges" ->
                Optional.of(of(tables.functions().stream(), "specific_catalog", "specific_schema", "specific_name"));
            case "metastore_privileges" -> Optional.of(of(Stream.of(Securable.METASTORE), "metastore_id"));
            case "external_location_privileges" ->
                Optional.of(of(all(SecurableType.EXTERNAL_LOCATION), "external_location_name"));
            case "storage_credential_privileges" ->
                Optional.of(of(all(SecurableType.STORAGE_CREDENTIAL), "storage_credential_name"));
            default -> Optional.empty();
        };
    }

    private Stream<Securable> catalogs() {
        return tables.told().stream().map(Securable::catalog);
    }

    private Stream<Securable> schemas() {
        return tables.told().stream().flatMap(c -> visible.schemas(c).stream().map(s -> Securable.schema(c, s)));
    }

    private Stream<Securable> relations() {
        return tables.all().stream().map(t -> Securable.table(t.fullName()));
    }

    private Stream<Securable> all(SecurableType type) {
        return governance.securables().all(type).stream()
                .map(SecurableInfo::securable)
                .filter(visible::sees);
    }

    private Stream<Securable> inCatalogs(SecurableType type) {
        return all(type).filter(s -> tables.told().contains(s.name().get(0)));
    }

    private Listing of(Stream<Securable> securables, String... names) {
        Listing listing = new Listing()
                .strings("grantor", "grantee")
                .strings(names)
                .strings("privilege_type", "is_grantable", "inherited_from");
        securables.forEach(s -> {
            Optional<Securable> at = Optional.of(s);
            while (at.isPresent()) {
                rows(listing, s, at.get());
                at = at.get().parent();
            }
        });
        return listing;
    }

    private void rows(Listing listing, Securable asked, Securable at) {
        boolean all = governance.access().manages(visible.actor(), at);
        for (Map.Entry<String, Map<Privilege, String>> e :
                governance.grants().grantors(at).entrySet()) {
            if (all || visible.actor().identities().contains(e.getKey())) {
                e.getValue().forEach((privilege, grantor) -> {
                    boolean own = at.equals(asked);
                    if (own || privilege.appliesTo(asked.type()) && AccessControl.passesOn(at, privilege)) {
                        listing.row(row(
                                asked,
                                grantor,
                                e.getKey(),
                                privilege,
                                own ? "NONE" : at.type().name()));
                    }
                });
            }
        }
    }

    private static List<@Nullable Object> row(
            Securable asked, String grantor, String grantee, Privilege privilege, String from) {
        List<@Nullable Object> row = new ArrayList<>(List.of(grantor, grantee));
        row.addAll(asked.name().isEmpty() ? List.of(Metastores.ID) : asked.name());
        row.add(privilege.name());
        row.add("NO");
        row.add(from);
        return row;
    }
}
