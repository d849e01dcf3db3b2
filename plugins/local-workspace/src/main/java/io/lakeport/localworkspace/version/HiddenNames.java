package io.lakeport.localworkspace.version;

import java.util.Set;

/**
 * The names of what DuckDB holds for versions and no one may see. Table names hold a slash and column names a brace:
 * Unity Catalog allows neither, so no user's name can be one of these.
 */
public final class HiddenNames {
    /** The commit that wrote a row as it is. */
    public static final String VERSION = "{version}";

    /** Whether that commit wrote the row in place of one that it removed. */
    public static final String UPDATED = "{updated}";

    /** Among removed rows: the commit that removed the row. */
    static final String REMOVED = "{removed}";

    /** Among removed rows: whether that commit wrote another row in its place. */
    static final String SUPERSEDED = "{superseded}";

    private static final Set<String> COLUMNS = Set.of(VERSION, UPDATED, REMOVED, SUPERSEDED);

    private HiddenNames() {}

    /** Whether a table of that DuckDB name is no table of the user's. */
    public static boolean isTable(String name) {
        return name.startsWith("/");
    }

    /** Whether a column of that name is no column of the user's. */
    public static boolean isColumn(String name) {
        return COLUMNS.contains(name);
    }

    /** Returns the name of the table of the rows that commits of one generation removed. */
    static String removed(String id, long generation) {
        return "/removed/" + id + "/" + generation;
    }

    /** Returns the name of the table of the rows that were current when a generation ended. */
    static String ended(String id, long generation) {
        return "/ended/" + id + "/" + generation;
    }

    /** Returns the name under which a generation is made before it becomes current. */
    static String next(String id) {
        return "/next/" + id;
    }

    /** Returns the name that a dropped table waits under. */
    static String dropped(String id) {
        return "/dropped/" + id;
    }
}
