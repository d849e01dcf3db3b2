package io.lakeport.localworkspace.sql.query;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The common table expressions that are in sight. */
public final class Ctes {
    /** A common table expression under the name that DuckDB knows it by. */
    record Cte(String label, Query query) {}

    private final @Nullable Ctes outer;
    private final Map<String, Cte> own = new HashMap<>();

    Ctes(@Nullable Ctes outer) {
        this.outer = outer;
    }

    /** No common table expressions. */
    public static Ctes none() {
        return new Ctes(null);
    }

    void add(String name, Cte cte) {
        own.put(name.toLowerCase(Locale.ROOT), cte);
    }

    @Nullable
    Cte find(String name) {
        for (Ctes at = this; at != null; at = at.outer) {
            Cte found = at.own.get(name.toLowerCase(Locale.ROOT));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
