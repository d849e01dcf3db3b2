package io.lakeport.app.cache;

import java.util.Map;

/**
 * What all tables and views of a statement were at one time: for each name the version of its data and a digest of its
 * definition. Equal pins before and after a statement mean that it read just these.
 *
 * @param byName version and digest, by name as it is resolved
 */
record SourcePins(Map<String, String> byName) {
    SourcePins {
        byName = Map.copyOf(byName);
    }
}
