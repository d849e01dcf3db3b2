package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files read as tables: {@code parquet.`/a/directory`}, {@code csv.`/a/*.csv`}, {@code json.`/a/file.json`}. */
public final class Files {
    private final Tables tables;

    public Files(Tables tables) {
        this.tables = tables;
    }

    /** Returns the files that a format and a path name, or nothing when the first part is no format. */
    Optional<Table> find(List<String> name) {
        if (name.size() != 2) {
            return Optional.empty();
        }
        return reader(name.get(0), name.get(1)).map(sql -> {
            List<Table.TableColumn> columns = tables.describe("SELECT * FROM " + sql);
            return new Table(List.of(), sql, columns);
        });
    }

    /** Returns the DuckDB function call that reads the files. */
    public static Optional<String> reader(String format, String path) {
        String function = switch (format.toLowerCase(Locale.ROOT)) {
            case "parquet" -> "read_parquet";
            case "csv" -> "read_csv";
            case "json" -> "read_json";
            default -> "";
        };
        if (function.isEmpty()) {
            return Optional.empty();
        }
        Path root = local(path);
        List<Path> files = list(root, path);
        Map<String, String> partitions = partitions(base(root), files);
        String list =
                files.stream().map(f -> Identifiers.literal(f.toString())).collect(Collectors.joining(", ", "[", "]"));
        String hive = ", hive_partitioning = " + !partitions.isEmpty();
        if (!partitions.isEmpty()) {
            hive += partitions.entrySet().stream()
                    .map(e -> Identifiers.literal(e.getKey()) + ": '"
                            + (e.getValue().isEmpty() ? "VARCHAR" : e.getValue()) + "'")
                    .collect(Collectors.joining(", ", ", hive_types = {", "}"));
        }
        // Spark names the columns of a CSV file without header option _c0, _c1, all strings.
        String options = function.equals("read_csv") ? ", header = false, all_varchar = true" : "";
        return Optional.of(function + "(" + list + hive + options + ")");
    }

    private static Path local(String path) {
        String plain = path.startsWith("file:") ? path.replaceFirst("^file:/*", "/") : path;
        if (plain.contains("://")) {
            throw SqlErrors.unsupported("files that are not on the local disk, such as " + path);
        }
        return Path.of(plain).toAbsolutePath();
    }

    private static List<Path> list(Path root, String given) {
        boolean glob = given.contains("*") || given.contains("?") || given.contains("{");
        if (!glob && java.nio.file.Files.isRegularFile(root)) {
            return List.of(root);
        }
        Path base = base(root);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + root + (glob ? "" : "/**"));
        PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + root + "/**");
        List<Path> found = List.of();
        if (java.nio.file.Files.isDirectory(base)) {
            try (Stream<Path> walk = java.nio.file.Files.walk(base)) {
                found = walk.filter(java.nio.file.Files::isRegularFile)
                        .filter(f -> matcher.matches(f) || below.matches(f))
                        .filter(f -> isData(base.relativize(f)))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw notFound(given);
            }
        }
        if (found.isEmpty()) {
            throw notFound(given);
        }
        return found;
    }

    /** Spark skips names that begin with an underscore or a dot, partition directories excepted. */
    private static boolean isData(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.startsWith(".") || name.startsWith("_") && !name.contains("=")) {
                return false;
            }
        }
        return true;
    }

    private static Path base(Path root) {
        Path at = root;
        while (at.getParent() != null && at.toString().matches(".*[*?{].*")) {
            at = at.getParent();
        }
        return at;
    }

    private static RuntimeException notFound(String path) {
        return SqlErrors.of("PATH_NOT_FOUND", "42K03", "Path does not exist: " + path + ".");
    }

    /** Returns the partition columns of {@code key=value} directories with DuckDB types, as Spark infers them. */
    private static Map<String, String> partitions(Path base, List<Path> files) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Path file : files) {
            for (Path part : file.startsWith(base) ? base.relativize(file) : file) {
                String name = part.toString();
                int at = name.indexOf('=');
                if (at > 0 && !part.equals(file.getFileName())) {
                    types.merge(name.substring(0, at), type(name.substring(at + 1)), Files::wider);
                }
            }
        }
        return types;
    }

    private static String type(String value) {
        if (value.equals("__HIVE_DEFAULT_PARTITION__")) {
            return "";
        }
        if (value.matches("[+-]?\\d{1,9}")) {
            return "INTEGER";
        }
        if (value.matches("[+-]?\\d{10,18}")) {
            return "BIGINT";
        }
        return value.matches("\\d{4}-\\d{2}-\\d{2}") ? "DATE" : "VARCHAR";
    }

    private static String wider(String a, String b) {
        if (a.equals(b) || b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        return a.endsWith("INT") && b.equals("INTEGER") || a.equals("INTEGER") && b.endsWith("INT")
                ? "BIGINT"
                : "VARCHAR";
    }
}
