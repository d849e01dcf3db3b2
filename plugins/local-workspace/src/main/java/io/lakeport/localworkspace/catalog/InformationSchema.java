package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.Table;
import java.util.List;
import java.util.Optional;

/**
 * The views of {@code information_schema}, made when they are read, with what the reader may see. That of the catalog
 * {@code system} tells of all catalogs.
 */
final class InformationSchema {
    private static final String SYSTEM = "system";

    private final SessionCatalog visible;

    InformationSchema(SessionCatalog visible) {
        this.visible = visible;
    }

    Optional<Table> find(List<String> name) {
        String catalog = name.get(0);
        visible.requireCatalog(catalog);
        if (!catalog.equals(SYSTEM)) {
            visible.require(Privilege.USE_SCHEMA, Securable.schema(catalog, Metastore.INFORMATION_SCHEMA));
        }
        List<String> told = catalog.equals(SYSTEM) ? visible.catalogs() : List.of(catalog);
        return listing(catalog, told, name.get(2)).map(l -> table(name, l.query()));
    }

    private static Table table(List<String> name, Query query) {
        List<Table.TableColumn> columns = query.columns().stream()
                .map(c -> new Table.TableColumn(c.name(), c.type(), c.type().duck(), true))
                .toList();
        return new Table(name, "(" + query.sql() + ")", columns);
    }

    private Optional<Listing> listing(String catalog, List<String> told, String view) {
        InformationTables tables = new InformationTables(visible, told);
        return switch (view) {
            case "information_schema_catalog_name" ->
                Optional.of(new Listing().strings("catalog_name").row(List.of(catalog)));
            case "catalogs" -> Optional.of(tables.catalogs());
            case "schemata" -> Optional.of(tables.schemata());
            case "tables" -> Optional.of(tables.tables());
            case "columns" -> Optional.of(tables.columns());
            case "views" -> Optional.of(tables.views());
            case "routines" -> Optional.of(tables.routines());
            default ->
                new InformationKeys(tables)
                        .listing(view)
                        .or(() -> InformationTags.listing(view))
                        .or(() -> visible.governance()
                                .flatMap(g -> new InformationPrivileges(visible, g, tables).listing(view)))
                        .or(() -> visible.governance()
                                .flatMap(g -> new InformationStorage(visible, g, told).listing(view)));
        };
    }
}
