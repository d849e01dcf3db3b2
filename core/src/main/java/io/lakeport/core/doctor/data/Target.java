package io.lakeport.core.doctor.data;

import io.lakeport.core.catalog.Presence;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;

/**
 * The table that is asked for, with all its levels.
 *
 * @param catalog its catalog
 * @param schema its schema
 * @param table itself
 */
record Target(String catalog, String schema, String table) {
    private static final String HIVE = "hive_metastore";

    /** Fills in what the request leaves out, as a session of the tenant does. */
    static Target of(Visit visit) {
        TableName name = visit.request().table().orElseThrow();
        String catalog = name.catalog()
                .map(Identifier::value)
                .or(() -> visit.tenant().catalog())
                .or(() -> visit.noted(Attached.class).flatMap(Attached::defaultCatalog))
                .orElse(HIVE);
        String schema = name.schema()
                .map(Identifier::value)
                .or(() -> visit.tenant().schema())
                .orElse("default");
        return new Target(catalog, schema, name.table().value());
    }

    boolean isHive() {
        return catalog.equalsIgnoreCase(HIVE);
    }

    Securable at(SecurableType level) {
        return switch (level) {
            case CATALOG -> Securable.catalog(catalog);
            case SCHEMA -> Securable.schema(catalog, schema);
            default -> Securable.table(catalog, schema, table);
        };
    }

    String quoted() {
        return TableName.of(catalog, schema, table).quoted();
    }

    @Override
    public String toString() {
        return catalog + "." + schema + "." + table;
    }

    /** Notes what the API showed of the table. */
    record Seen(Presence presence) {
        boolean isView() {
            return presence.kind().filter(kind -> kind.endsWith("VIEW")).isPresent();
        }
    }
}
