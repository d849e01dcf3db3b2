package io.lakeport.localworkspace.version;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a commit does, as DESCRIBE HISTORY tells it.
 *
 * @param name Delta's name of the operation, for example {@code WRITE}
 * @param parameters Delta's parameters of the operation, lists and objects as JSON
 * @param blindAppend whether the commit added rows without reading the table
 */
public record Operation(String name, Map<String, String> parameters, boolean blindAppend) {
    public Operation {
        parameters = new TreeMap<>(parameters);
    }

    /** An operation that may have read the table. */
    public static Operation of(String name, Map<String, String> parameters) {
        return new Operation(name, parameters, false);
    }

    /** Returns this operation as a blind append or not. */
    public Operation blind(boolean blind) {
        return new Operation(name, parameters, blind);
    }
}
