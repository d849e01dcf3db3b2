package io.lakeport.localworkspace.thrift;

import java.util.LinkedHashMap;
import java.util.Map;

/** A Thrift map whose keys are texts, as all of this protocol are; values are texts or structs. Not thread-safe. */
final class TMap {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    Map<String, Object> entries() {
        return entries;
    }
}
