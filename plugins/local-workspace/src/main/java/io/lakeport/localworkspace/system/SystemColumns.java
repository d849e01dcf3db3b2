package io.lakeport.localworkspace.system;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The columns of all system tables, read from a file of this package. */
final class SystemColumns {
    private static final String FILE = "tables.txt";

    private SystemColumns() {}

    static Map<String, List<EngineColumn>> byTable() {
        Map<String, List<EngineColumn>> tables = new LinkedHashMap<>();
        List<EngineColumn> columns = new ArrayList<>();
        for (String line : text().lines().toList()) {
            int space = line.indexOf(' ');
            if (line.startsWith("system.")) {
                columns = new ArrayList<>();
                tables.put(line, columns);
            } else if (!line.startsWith("#")) {
                columns.add(column(line.substring(0, space), line.substring(space + 1)));
            }
        }
        return tables;
    }

    private static EngineColumn column(String name, String type) {
        String base = type.replaceFirst("[<(].*", "");
        String typeName = switch (base) {
            case "BIGINT" -> "LONG";
            case "TINYINT" -> "BYTE";
            default -> base;
        };
        return new EngineColumn(name, type, typeName, true);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(SystemColumns.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE + " from the jar; the jar is damaged.", e);
        }
    }
}
