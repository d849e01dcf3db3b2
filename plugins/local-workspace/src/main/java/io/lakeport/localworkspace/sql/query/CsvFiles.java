package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Table.TableColumn;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads CSV as Spark does: everything is text, which becomes the wanted type or, where it cannot, NULL. */
final class CsvFiles {
    /** What a column's text is tried as, in this order. */
    private static final String CANDIDATES =
            "['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DATE', 'TIMESTAMPTZ', 'TIMESTAMP', 'VARCHAR']";

    private final Tables tables;

    CsvFiles(Tables tables) {
        this.tables = tables;
    }

    Table read(FileRequest request) {
        boolean header = request.options().flag("header", false);
        String base = dialect(request.options()) + ", header = " + header;
        List<String> names = names(request, base, header);
        List<Field> fields = request.schema();
        if (fields.isEmpty()) {
            fields = request.infer() ? inferred(request, base, names) : texts(names);
        }
        return table(request, base, names, fields);
    }

    private String dialect(FileOptions options) {
        String quote = options.text("quote", "\"");
        String escape = options.text("escape", "\\");
        StringBuilder sql = new StringBuilder("delim = ")
                .append(Identifiers.literal(options.text("sep", options.text("delimiter", ","))))
                .append(", quote = ")
                .append(Identifiers.literal(quote))
                // DuckDB wants the escape to be the quote where a quote inside quotes is doubled.
                .append(", escape = ")
                .append(Identifiers.literal(escape))
                .append(", nullstr = ")
                .append(Identifiers.literal(options.text("nullvalue", "")))
                .append(", strict_mode = false, null_padding = true, hive_partitioning = false");
        String comment = options.find("comment");
        if (comment != null) {
            sql.append(", comment = ").append(Identifiers.literal(comment));
        }
        String skip = options.find("skiprows");
        if (skip != null) {
            sql.append(", skip = ").append(Integer.parseInt(skip));
        }
        return sql.toString();
    }

    private List<String> names(FileRequest request, String base, boolean header) {
        String reader = "read_csv(" + FileReaders.list(request) + ", " + base + ", all_varchar = true)";
        List<TableColumn> found = tables.describe("SELECT * FROM " + reader);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            names.add(header ? found.get(i).name() : "_c" + i);
        }
        return names;
    }

    private static List<Field> texts(List<String> names) {
        return names.stream().map(n -> new Field(n, SqlType.STRING)).toList();
    }

    private List<Field> inferred(FileRequest request, String base, List<String> names) {
        FileOptions options = request.options();
        String formats = options.find("timestampformat") == null
                ? ""
                : ", timestampformat = " + Identifiers.literal(DateFormats.duck(options.text("timestampformat", "")));
        formats += options.find("dateformat") == null
                ? ""
                : ", dateformat = " + Identifiers.literal(DateFormats.duck(options.text("dateformat", "")));
        String reader = "read_csv(" + FileReaders.list(request) + ", " + base + formats
                + ", sample_size = -1, auto_type_candidates = " + CANDIDATES + ")";
        List<TableColumn> found = tables.describe("SELECT * FROM " + reader);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            SqlType type = i < found.size() ? found.get(i).type() : SqlType.STRING;
            fields.add(new Field(names.get(i), type.is(Kind.TIMESTAMP_NTZ) ? SqlType.TIMESTAMP : type));
        }
        return fields;
    }

    private Table table(FileRequest request, String base, List<String> names, List<Field> fields) {
        String columns = names.stream()
                .map(n -> Identifiers.literal(n) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        String reader = "read_csv(" + FileReaders.list(request) + ", auto_detect = false, " + base + ", columns = "
                + columns + ", filename = '" + Files.FILE + "')";
        boolean byName = request.options().flag("header", false);
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            sources.add(source(fields.get(i), i, names, byName));
        }
        List<String> select = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            select.add(value(sources.get(i), fields.get(i).type(), request.options()) + " AS "
                    + Identifiers.duck(fields.get(i).name()));
        }
        List<TableColumn> all = new ArrayList<>(FileReaders.columns(fields));
        if (request.rescue()) {
            select.add(rescued(request, sources, fields) + " AS _rescued_data");
            all.add(new TableColumn("_rescued_data", SqlType.STRING, "VARCHAR", true));
        }
        String sql = "(SELECT " + String.join(", ", select) + ", " + Files.FILE + " FROM " + reader
                + dropping(request.options(), sources, fields) + ")";
        return new Table(List.of(), sql, all);
    }

    /** Returns the text of a field: by its name under a header, otherwise by position. */
    private static String source(Field field, int position, List<String> names, boolean byName) {
        if (byName) {
            return names.stream()
                    .filter(n -> n.equalsIgnoreCase(field.name()))
                    .findFirst()
                    .map(Identifiers::duck)
                    .orElse("NULL::VARCHAR");
        }
        return position < names.size() ? Identifiers.duck(names.get(position)) : "NULL::VARCHAR";
    }

    private static String value(String source, SqlType type, FileOptions options) {
        if (type.is(Kind.STRING)) {
            return source;
        }
        String how =
                options.text("mode", "PERMISSIVE").toUpperCase(Locale.ROOT).equals("FAILFAST") ? "CAST(" : "TRY_CAST(";
        String format = options.find(type.is(Kind.DATE) ? "dateformat" : "timestampformat");
        if (format != null && (type.is(Kind.DATE) || type.is(Kind.TIMESTAMP) || type.is(Kind.TIMESTAMP_NTZ))) {
            String parse = how.startsWith("TRY") ? "try_strptime(" : "strptime(";
            return how + parse + source + ", " + Identifiers.literal(DateFormats.duck(format)) + ") AS " + type.duck()
                    + ")";
        }
        if (type.kind().isNested()) {
            throw SqlErrors.of(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "0A000",
                    "The CSV datasource doesn't support the column of the type \"" + type.text() + "\".");
        }
        return how + source + " AS " + type.duck() + ")";
    }

    private static String unfit(String source, Field field, FileOptions options) {
        return "(" + source + " IS NOT NULL AND " + value(source, field.type(), options) + " IS NULL)";
    }

    private static String rescued(FileRequest request, List<String> sources, List<Field> fields) {
        List<String> unfit = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).type().is(Kind.STRING)) {
                String test = unfit(sources.get(i), fields.get(i), request.options());
                unfit.add(test);
                pairs.add(Identifiers.literal(fields.get(i).name()) + ", CASE WHEN " + test + " THEN " + sources.get(i)
                        + " END");
            }
        }
        if (unfit.isEmpty()) {
            return "NULL::VARCHAR";
        }
        String path = Files.lookup(
                request.files(), f -> Identifiers.literal(f.place().path().uri()));
        return "CASE WHEN " + String.join(" OR ", unfit) + " THEN CAST(json_merge_patch('{}'::JSON, json_object("
                + String.join(", ", pairs) + ", '_file_path', " + path + ")) AS VARCHAR) END";
    }

    private static String dropping(FileOptions options, List<String> sources, List<Field> fields) {
        if (!options.text("mode", "").equalsIgnoreCase("DROPMALFORMED")) {
            return "";
        }
        List<String> tests = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).type().is(Kind.STRING)) {
                tests.add(unfit(sources.get(i), fields.get(i), options));
            }
        }
        return tests.isEmpty() ? "" : " WHERE NOT (" + String.join(" OR ", tests) + ")";
    }
}
