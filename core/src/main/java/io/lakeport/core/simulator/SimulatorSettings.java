package io.lakeport.core.simulator;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a simulated workspace starts.
 *
 * @param port TCP port of the plain-HTTP listener on loopback, 0 for a free one
 * @param dataDirectory where its tables live between starts, empty for memory only
 * @param tables files to load, by table name; a bare name is placed into the default catalog and schema
 * @param options what only one simulator knows, by the names that its documentation gives; a simulator refuses a name
 *     that it does not know
 */
public record SimulatorSettings(
        int port, Optional<Path> dataDirectory, Map<String, Path> tables, Map<String, String> options) {
    public SimulatorSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        options = Map.copyOf(options);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0..65535");
        }
    }

    /** Creates settings without options. */
    public SimulatorSettings(int port, Optional<Path> dataDirectory, Map<String, Path> tables) {
        this(port, dataDirectory, tables, Map.of());
    }

    /** Returns these settings with other options. */
    public SimulatorSettings withOptions(Map<String, String> other) {
        return new SimulatorSettings(port, dataDirectory, tables, other);
    }

    /** Returns settings for a free port, in memory, with no tables loaded. */
    public static SimulatorSettings inMemory() {
        return new SimulatorSettings(0, Optional.empty(), Map.of());
    }
}
