package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Table.TableColumn;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads JSON as Spark does: one object a line unless {@code multiLine}, fields in alphabetical order, dates as text. */
final class JsonFiles {
    private final Tables tables;

    JsonFiles(Tables tables) {
        this.tables = tables;
    }

    Table read(FileRequest request) {
        boolean multiLine = request.options().flag("multiline", false);
        String base = "format = '" + (multiLine ? "auto" : "newline_delimited") + "', ignore_errors = "
                + (multiLine ? "false" : String.valueOf(isLenient(request.options()))) + ", hive_partitioning = false";
        List<Field> fields = request.schema();
        if (fields.isEmpty() || request.rescue()) {
            List<Field> found = inferred(request, base);
            requireNothingToRescue(request, found);
            fields = fields.isEmpty() ? found : fields;
        }
        String columns = fields.stream()
                .map(f -> Identifiers.literal(f.name()) + ": "
                        + Identifiers.literal(f.type().duck()))
                .collect(Collectors.joining(", ", "{", "}"));
        String reader = "read_json(" + FileReaders.list(request) + ", " + base + ", columns = " + columns
                + ", filename = '" + Files.FILE + "')";
        List<TableColumn> all = new ArrayList<>(FileReaders.columns(fields));
        if (request.rescue()) {
            reader = "(SELECT *, NULL::VARCHAR AS _rescued_data FROM " + reader + ")";
            all.add(new TableColumn("_rescued_data", SqlType.STRING, "VARCHAR", true));
        }
        return new Table(List.of(), reader, all);
    }

    private static boolean isLenient(FileOptions options) {
        return !options.text("mode", "PERMISSIVE").toUpperCase(Locale.ROOT).equals("FAILFAST");
    }

    private List<Field> inferred(FileRequest request, String base) {
        String reader = "read_json(" + FileReaders.list(request) + ", " + base
                + ", sample_size = -1, union_by_name = true, map_inference_threshold = -1)";
        return canonical(tables.describe("SELECT * FROM " + reader).stream()
                .map(c -> new Field(c.name(), c.type()))
                .toList());
    }

    private static List<Field> canonical(List<Field> fields) {
        return fields.stream()
                .map(f -> new Field(f.name(), canonical(f.type())))
                .sorted(Comparator.comparing(Field::name))
                .toList();
    }

    /** Spark infers neither dates nor numbers other than BIGINT and DOUBLE. */
    private static SqlType canonical(SqlType type) {
        return switch (type.kind()) {
            case BYTE, SHORT, INT -> SqlType.LONG;
            case FLOAT -> SqlType.DOUBLE;
            case DATE, TIMESTAMP, TIMESTAMP_NTZ, VOID -> SqlType.STRING;
            case ARRAY -> SqlType.array(canonical(type.element()));
            case STRUCT -> SqlType.struct(canonical(type.fields()));
            default -> type;
        };
    }

    private static void requireNothingToRescue(FileRequest request, List<Field> found) {
        if (!request.rescue() || request.schema().isEmpty()) {
            return;
        }
        for (Field f : found) {
            boolean known = request.schema().stream().anyMatch(s -> s.name().equalsIgnoreCase(f.name()));
            if (!known) {
                throw SqlErrors.unsupported("_rescued_data of JSON fields that the schema lacks, such as " + f.name()
                        + "; set schemaEvolutionMode => 'none'");
            }
        }
    }
}
