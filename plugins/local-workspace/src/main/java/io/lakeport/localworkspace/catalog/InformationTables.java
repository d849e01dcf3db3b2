package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The views of {@code information_schema} about catalogs, schemas, tables and columns; columns as Databricks' pages. */
final class InformationTables {
    private static final Map<Kind, Integer> BITS =
            Map.of(Kind.BYTE, 8, Kind.SHORT, 16, Kind.INT, 32, Kind.LONG, 64, Kind.FLOAT, 24, Kind.DOUBLE, 53);

    private final SessionCatalog visible;
    private final List<String> catalogs;

    /** Tells of these catalogs. */
    InformationTables(SessionCatalog visible, List<String> catalogs) {
        this.visible = visible;
        this.catalogs = catalogs;
    }

    List<String> told() {
        return catalogs;
    }

    /** Returns the columns that every view of objects has for their times. */
    static Listing times(Listing listing) {
        return listing.column("created", SqlType.TIMESTAMP)
                .strings("created_by")
                .column("last_altered", SqlType.TIMESTAMP)
                .strings("last_altered_by");
    }

    /** Adds an object's times to a row. */
    static List<@Nullable Object> withTimes(List<@Nullable Object> row, @Nullable SecurableInfo info) {
        List<@Nullable Object> all = new ArrayList<>(row);
        all.add(info == null ? null : time(info.createdAt()));
        all.add(info == null ? null : info.createdBy());
        all.add(info == null ? null : time(info.updatedAt()));
        all.add(info == null ? null : info.updatedBy());
        return all;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private @Nullable SecurableInfo info(Securable securable) {
        return visible.governance().map(g -> g.securables().get(securable)).orElse(null);
    }

    private static @Nullable String owner(@Nullable SecurableInfo info) {
        return info == null ? null : info.owner();
    }

    private static @Nullable String comment(@Nullable SecurableInfo info) {
        return info == null ? null : info.comment();
    }

    Listing catalogs() {
        Listing listing = times(new Listing().strings("catalog_name", "catalog_owner", "comment"));
        for (String c : catalogs) {
            SecurableInfo info = info(Securable.catalog(c));
            listing.row(withTimes(Arrays.asList(c, owner(info), comment(info)), info));
        }
        return listing;
    }

    Listing schemata() {
        Listing listing = times(new Listing().strings("catalog_name", "schema_name", "schema_owner", "comment"));
        for (String c : catalogs) {
            for (String s : visible.schemas(c)) {
                SecurableInfo info = info(Securable.schema(c, s));
                listing.row(withTimes(Arrays.asList(c, s, owner(info), comment(info)), info));
            }
        }
        return listing;
    }

    Listing tables() {
        Listing listing = times(new Listing()
                        .strings("table_catalog", "table_schema", "table_name", "table_type", "is_insertable_into")
                        .strings("commit_action", "table_owner", "comment"))
                .strings("data_source_format", "storage_path", "storage_sub_directory");
        for (TableInfo t : all()) {
            SecurableInfo info = info(Securable.table(t.fullName()));
            List<@Nullable Object> row = withTimes(
                    Arrays.asList(
                            t.catalog(),
                            t.schema(),
                            t.name(),
                            t.view() ? "VIEW" : "MANAGED",
                            t.view() ? "NO" : "YES",
                            "PRESERVE",
                            owner(info),
                            t.comment()),
                    info);
            row.add(t.view() ? "UNKNOWN_DATA_SOURCE_FORMAT" : "DELTA");
            row.add(t.view() || info == null ? null : Metastores.ROOT + "/tables/" + info.id());
            row.add(null);
            listing.row(row);
        }
        return listing;
    }

    Listing views() {
        Listing listing = new Listing()
                .strings("table_catalog", "table_schema", "table_name", "view_definition", "check_option")
                .strings("is_updatable", "is_insertable_into", "sql_path");
        for (TableInfo t : all()) {
            if (t.view()) {
                SecurableInfo info = info(Securable.table(t.fullName()));
                String definition = info == null ? null : info.detail(ViewOwners.DEFINITION);
                listing.row(Arrays.asList(t.catalog(), t.schema(), t.name(), definition, "NONE", "NO", "NO", null));
            }
        }
        return listing;
    }

    Listing columns() {
        Listing listing = new Listing()
                .strings("table_catalog", "table_schema", "table_name", "column_name")
                .column("ordinal_position", SqlType.INT)
                .strings("column_default", "is_nullable", "full_data_type", "data_type")
                .column("character_maximum_length", SqlType.INT)
                .column("character_octet_length", SqlType.INT)
                .column("numeric_precision", SqlType.INT)
                .column("numeric_precision_radix", SqlType.INT)
                .column("numeric_scale", SqlType.INT)
                .column("datetime_precision", SqlType.INT)
                .strings("interval_type")
                .column("interval_precision", SqlType.INT)
                .column("maximum_cardinality", SqlType.INT)
                .strings("is_identity", "identity_generation", "identity_start", "identity_increment")
                .strings("identity_maximum", "identity_minimum", "identity_cycle", "is_generated")
                .strings("generation_expression", "is_system_time_period_start", "is_system_time_period_end")
                .strings("system_time_period_timestamp_generation", "is_updatable")
                .column("partition_ordinal_position", SqlType.INT)
                .strings("comment");
        for (TableInfo t : all()) {
            int position = 0;
            for (TableInfo.ColumnInfo c : t.columns()) {
                listing.row(column(t, c, position++));
            }
        }
        return listing;
    }

    private static List<@Nullable Object> column(TableInfo t, TableInfo.ColumnInfo c, int position) {
        int partition = t.facts().partitioning().indexOf(c.name());
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                t.catalog(),
                t.schema(),
                t.name(),
                c.name(),
                position,
                c.defaultSql(),
                c.nullable() ? "YES" : "NO",
                c.type().catalogText(),
                c.type().kind().apiName(),
                null,
                null));
        numbers(row, c.type());
        row.addAll(Arrays.asList(null, null, "NO", null, null, null, null, null, null));
        row.addAll(Arrays.asList("NO", null, "NO", "NO", null, t.view() ? "NO" : "YES"));
        row.add(partition < 0 ? null : partition);
        row.add(c.comment());
        return row;
    }

    /** Precision, radix and scale of a number, precision of a time, unit of an interval. */
    private static void numbers(List<@Nullable Object> row, SqlType type) {
        Kind kind = type.kind();
        boolean decimal = kind == Kind.DECIMAL;
        row.add(decimal ? Integer.valueOf(type.precision()) : BITS.get(kind));
        row.add(decimal ? Integer.valueOf(10) : kind.isNumeric() ? Integer.valueOf(2) : null);
        row.add(decimal ? Integer.valueOf(type.scale()) : kind.isIntegral() ? Integer.valueOf(0) : null);
        row.add(kind == Kind.DATE ? Integer.valueOf(0) : kind.isTimestamp() ? Integer.valueOf(3) : null);
        row.add(kind.isInterval() ? type.catalogText().replaceFirst("(?i)^interval ", "") : null);
    }

    Listing routines() {
        Listing listing = times(new Listing()
                .strings("specific_catalog", "specific_schema", "specific_name")
                .strings("routine_catalog", "routine_schema", "routine_name")
                .strings("routine_owner", "routine_type", "data_type", "routine_body", "routine_definition")
                .strings("comment"));
        for (Securable f : functions()) {
            List<String> n = f.name();
            SecurableInfo info = info(f);
            listing.row(withTimes(
                    Arrays.asList(
                            n.get(0),
                            n.get(1),
                            n.get(2),
                            n.get(0),
                            n.get(1),
                            n.get(2),
                            owner(info),
                            "FUNCTION",
                            null,
                            "SQL",
                            null,
                            comment(info)),
                    info));
        }
        return listing;
    }

    /** Returns the visible functions of the catalogs told of. */
    List<Securable> functions() {
        return visible.governance()
                .map(g -> g.securables().all(SecurableType.FUNCTION).stream()
                        .map(SecurableInfo::securable)
                        .filter(f -> catalogs.contains(f.name().get(0)) && visible.sees(f))
                        .toList())
                .orElse(List.of());
    }

    /** Returns the visible tables and views of the catalogs told of. */
    List<TableInfo> all() {
        List<TableInfo> all = new ArrayList<>();
        for (String c : catalogs) {
            visible.schemas(c).stream()
                    .filter(s -> !s.equals(Metastore.INFORMATION_SCHEMA))
                    .forEach(s -> all.addAll(visible.tables(c, s)));
        }
        return all;
    }
}
