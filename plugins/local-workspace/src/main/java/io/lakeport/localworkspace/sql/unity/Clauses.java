package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The clauses of CREATE CATALOG and CREATE SCHEMA, in any order.
 *
 * @param managed URL of MANAGED LOCATION
 * @param location text of LOCATION, which Unity Catalog does not take
 */
record Clauses(
        @Nullable String comment,
        @Nullable String managed,
        @Nullable String location,
        Map<String, String> properties) {
    Clauses {
        properties = Map.copyOf(properties);
    }

    /** Reads the rest of a statement. */
    static Clauses read(Words words) {
        String comment = null;
        String managed = null;
        String location = null;
        Map<String, String> properties = new TreeMap<>();
        while (!words.atEnd()) {
            if (words.take("COMMENT")) {
                comment = words.text();
            } else if (words.take("MANAGED LOCATION")) {
                managed = words.text();
            } else if (words.take("LOCATION")) {
                location = words.text();
            } else if (words.take("WITH DBPROPERTIES") || words.take("OPTIONS")) {
                properties.putAll(pairs(words));
            } else {
                words.expect("DEFAULT COLLATION");
                requireBinary(words.name());
            }
        }
        return new Clauses(comment, managed, location, properties);
    }

    private static void requireBinary(String collation) {
        if (!collation.toUpperCase(Locale.ROOT).equals("UTF8_BINARY")) {
            throw SqlErrors.unsupported("the default collation " + collation);
        }
    }

    /** Reads {@code ('name' = 'value', …)}. */
    static Map<String, String> pairs(Words words) {
        Map<String, String> pairs = new TreeMap<>();
        words.expect("(");
        do {
            String name = words.nextIsText() ? words.text() : String.join(".", words.dotted());
            words.take("=");
            pairs.put(name, words.nextIsText() ? words.text() : words.name());
        } while (words.take(","));
        words.expect(")");
        return pairs;
    }

    void requireManagedLocation(SessionCatalog visible, Governance governance) {
        if (managed != null) {
            Locations.requireCreate(visible, governance, Privilege.CREATE_MANAGED_STORAGE, managed);
        }
    }

    /** Keeps what was said about a new object. */
    void keep(Governance governance, Securable securable, String user) {
        if (comment == null && managed == null && properties.isEmpty()) {
            return;
        }
        governance
                .securables()
                .update(
                        securable,
                        user,
                        i -> i.withComment(comment)
                                .withProperties(properties)
                                .withDetail(CatalogStatements.STORAGE_ROOT, managed));
    }
}
