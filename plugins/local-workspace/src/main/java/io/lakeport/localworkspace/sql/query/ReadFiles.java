package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The function {@code read_files}: it looks for format, schema and types itself, unless told. */
final class ReadFiles {
    private static final Pattern EXTENSION =
            Pattern.compile("(?i).*\\.(parquet|csv|json|jsonl|ndjson|txt|text)(?:\\.gz)?");

    private final Tables tables;

    ReadFiles(Tables tables) {
        this.tables = tables;
    }

    Table read(List<Expr> args, Map<String, Expr> named) {
        if (args.size() != 1 || !(args.get(0).constant() instanceof String path)) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.PATH",
                    "22023",
                    "The value of parameter(s) `path` in `read_files` is invalid: expected one constant STRING.");
        }
        Map<String, String> options = new HashMap<>();
        named.forEach((name, value) -> options.put(name, constant(name, value)));
        String format = options.remove("format");
        String schema = options.remove("schema");
        FileOptions how = new FileOptions(options);
        List<Found> files = named(new FileListing(tables::place).files(path, true), how);
        if (format == null) {
            format = format(path, files);
        }
        if (!Files.FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
            throw SqlErrors.unsupported("read_files of the format " + format);
        }
        boolean infer = how.flag("infercolumntypes", how.flag("inferschema", true));
        boolean rescue = !how.text("schemaevolutionmode", "rescue").equalsIgnoreCase("none")
                && (format.equalsIgnoreCase("csv") || format.equalsIgnoreCase("json"));
        List<Field> fields = schema == null ? List.of() : schema(schema);
        return new Files(tables).read(new FileRequest(format, path, files, how, fields, infer, rescue));
    }

    /** Returns the columns of a schema such as {@code id INT, name STRING}. */
    static List<Field> schema(String ddl) {
        return TypeTexts.of(StatementParser.parseType("STRUCT<" + ddl + ">")).fields();
    }

    private static String constant(String name, Expr value) {
        Object constant = value.constant();
        if (constant == null) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.OPTION",
                    "22023",
                    "The option `" + name + "` of `read_files` must be a constant.");
        }
        return constant.toString();
    }

    private static List<Found> named(List<Found> files, FileOptions options) {
        String glob = options.text("pathglobfilter", options.text("filenamepattern", "*"));
        Pattern wanted = FileListing.glob(glob);
        return files.stream()
                .filter(f -> wanted.matcher(f.entry().name()).matches())
                .toList();
    }

    private static String format(String path, List<Found> files) {
        List<String> formats = files.stream()
                .map(f -> f.entry().name())
                .map(ReadFiles::extension)
                .distinct()
                .toList();
        if (formats.size() != 1 || formats.get(0).isEmpty()) {
            throw SqlErrors.of(
                    "CF_FAILED_TO_INFER_FORMAT",
                    "42000",
                    "Cannot tell the format of the files in " + path + ". Set the option format.");
        }
        return formats.get(0);
    }

    private static String extension(String name) {
        var m = EXTENSION.matcher(name);
        if (!m.matches()) {
            return "";
        }
        return switch (m.group(1).toLowerCase(Locale.ROOT)) {
            case "jsonl", "ndjson" -> "json";
            case "txt" -> "text";
            default -> m.group(1).toLowerCase(Locale.ROOT);
        };
    }
}
