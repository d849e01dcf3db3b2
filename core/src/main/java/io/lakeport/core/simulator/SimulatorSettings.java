package io.lakeport.core.simulator;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a simulated workspace starts.
 *
 * @param port TCP port of the plain-HTTP listener on loopback, 0 for a free one
 * @param dataDirectory where its tables live between starts, empty for memory only
 * @param tables files to load, by table name; a bare name is placed into the default catalog and schema
 * @param options what only some simulators know, by name and with at least one value each, for example {@code engine};
 *     a simulator refuses what it does not know
 */
public record SimulatorSettings(
        int port, Optional<Path> dataDirectory, Map<String, Path> tables, Map<String, List<String>> options) {
    public SimulatorSettings {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        Map<String, List<String>> copy = new LinkedHashMap<>();
        options.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        options = Collections.unmodifiableMap(copy);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0..65535");
        }
    }

    /** Creates settings without further options. */
    public SimulatorSettings(int port, Optional<Path> dataDirectory, Map<String, Path> tables) {
        this(port, dataDirectory, tables, Map.of());
    }

    /** Returns settings for a free port, in memory, with no tables loaded. */
    public static SimulatorSettings inMemory() {
        return new SimulatorSettings(0, Optional.empty(), Map.of());
    }
}
