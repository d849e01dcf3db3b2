package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The views of {@code information_schema}, made when they are read. */
final class InformationSchema {
    static final List<String> VIEWS = List.of("catalogs", "columns", "routines", "schemata", "tables", "views");

    private final SessionCatalog visible;

    InformationSchema(SessionCatalog visible) {
        this.visible = visible;
    }

    Optional<Table> find(List<String> name) {
        visible.requireCatalog(name.get(0));
        return listing(name.get(0), name.get(2)).map(l -> {
            Query query = l.query();
            List<Table.TableColumn> columns = query.columns().stream()
                    .map(c -> new Table.TableColumn(c.name(), c.type(), c.type().duck(), true))
                    .toList();
            return new Table(name, "(" + query.sql() + ")", columns);
        });
    }

    private Optional<Listing> listing(String catalog, String view) {
        return switch (view) {
            case "catalogs" -> Optional.of(catalogs());
            case "schemata" -> Optional.of(schemata(catalog));
            case "tables" -> Optional.of(tables(catalog));
            case "columns" -> Optional.of(columns(catalog));
            case "views" -> Optional.of(views(catalog));
            case "routines" ->
                Optional.of(new Listing()
                        .strings(
                                "specific_catalog",
                                "specific_schema",
                                "specific_name",
                                "routine_catalog",
                                "routine_schema",
                                "routine_name",
                                "routine_type",
                                "data_type",
                                "routine_body",
                                "routine_definition",
                                "comment"));
            default -> Optional.empty();
        };
    }

    private Listing catalogs() {
        Listing listing = new Listing().strings("catalog_name", "catalog_owner", "comment");
        visible.catalogs().forEach(c -> listing.row(Arrays.asList(c, "local", null)));
        return listing;
    }

    private Listing schemata(String catalog) {
        Listing listing = new Listing().strings("catalog_name", "schema_name", "schema_owner", "comment");
        visible.schemas(catalog).forEach(s -> listing.row(Arrays.asList(catalog, s, "local", null)));
        return listing;
    }

    private Listing tables(String catalog) {
        Listing listing = new Listing()
                .strings(
                        "table_catalog",
                        "table_schema",
                        "table_name",
                        "table_type",
                        "is_insertable_into",
                        "table_owner",
                        "comment",
                        "data_source_format");
        for (TableInfo t : all(catalog)) {
            listing.row(Arrays.asList(
                    t.catalog(),
                    t.schema(),
                    t.name(),
                    t.view() ? "VIEW" : "MANAGED",
                    t.view() ? "NO" : "YES",
                    "local",
                    t.comment(),
                    t.view() ? null : "DELTA"));
        }
        return listing;
    }

    private Listing views(String catalog) {
        Listing listing = new Listing().strings("table_catalog", "table_schema", "table_name");
        all(catalog).stream().filter(TableInfo::view).forEach(t -> listing.row(t.fullName()));
        return listing;
    }

    private Listing columns(String catalog) {
        Listing listing = new Listing()
                .strings("table_catalog", "table_schema", "table_name", "column_name")
                .column("ordinal_position", SqlType.INT)
                .strings("column_default", "is_nullable", "full_data_type", "data_type", "comment");
        for (TableInfo t : all(catalog)) {
            int position = 0;
            for (TableInfo.ColumnInfo c : t.columns()) {
                listing.row(Arrays.asList(
                        t.catalog(),
                        t.schema(),
                        t.name(),
                        c.name(),
                        position++,
                        c.defaultSql(),
                        c.nullable() ? "YES" : "NO",
                        c.type().catalogText(),
                        c.type().kind().apiName(),
                        c.comment()));
            }
        }
        return listing;
    }

    private List<TableInfo> all(String catalog) {
        return visible.schemas(catalog).stream()
                .filter(s -> !s.equals(Metastore.INFORMATION_SCHEMA))
                .flatMap(s -> visible.tables(catalog, s).stream())
                .toList();
    }
}
