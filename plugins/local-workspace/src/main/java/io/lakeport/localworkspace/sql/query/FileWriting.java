package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How rows become a file of one format, as Spark writes it.
 *
 * @param format parquet, csv or json
 * @param given what the statement says about it
 */
public record FileWriting(String format, FileOptions given) {
    private static final Set<String> ALL = Set.of("path", "compression");
    private static final Set<String> CSV =
            Set.of("header", "sep", "delimiter", "quote", "escape", "nullvalue", "dateformat", "timestampformat");
    private static final Set<String> JSON = Set.of("dateformat", "timestampformat", "ignorenullfields");

    /** Returns how to write, and refuses what would be written otherwise than asked. */
    public static FileWriting of(String format, FileOptions options) {
        if (!Set.of("parquet", "csv", "json").contains(format)) {
            throw SqlErrors.unsupported("writing files of the format " + format);
        }
        Set<String> known = format.equals("csv") ? CSV : format.equals("json") ? JSON : Set.of();
        for (String name : options.values().keySet()) {
            if (!known.contains(name) && !ALL.contains(name)) {
                throw SqlErrors.unsupported("the option " + name + " for writing " + format + " files");
            }
        }
        FileWriting writing = new FileWriting(format, options);
        writing.compression();
        return writing;
    }

    private String compression() {
        String codec = given.text("compression", format.equals("parquet") ? "snappy" : "none")
                .toLowerCase(Locale.ROOT);
        Set<String> known = format.equals("parquet")
                ? Set.of("snappy", "zstd", "gzip", "none", "uncompressed", "lz4", "lz4_raw")
                : Set.of("none", "uncompressed", "gzip", "zstd");
        if (!known.contains(codec)) {
            throw SqlErrors.of(
                    "CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
                    "56038",
                    "The codec " + codec + " is not available. Available codecs are "
                            + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        return codec.equals("none") ? "uncompressed" : codec.equals("lz4") ? "lz4_raw" : codec;
    }

    /** Returns what the names of files end in. */
    public String extension() {
        String codec = switch (compression()) {
            case "uncompressed" -> "";
            case "gzip" -> ".gz";
            case "zstd" -> format.equals("parquet") ? ".zstd" : ".zst";
            case "lz4_raw" -> ".lz4raw";
            default -> "." + compression();
        };
        return format.equals("parquet") ? codec + ".parquet" : "." + format + codec;
    }

    /** Returns the query whose rows are written. */
    public String select(Query query) {
        String list = query.columns().stream()
                .map(c -> value(Identifiers.duck(c.label()), c.type()) + " AS " + Identifiers.duck(c.label()))
                .collect(Collectors.joining(", "));
        String rows = "SELECT " + list + " FROM (" + query.sql() + ")";
        if (!format.equals("json") || !given.flag("ignorenullfields", true)) {
            return rows;
        }
        // Merging into nothing takes out the fields that are NULL, as Spark leaves them out.
        return "SELECT CAST(json_merge_patch('{}'::JSON, to_json(r)) AS VARCHAR) AS line FROM (" + rows + ") AS r";
    }

    private String value(String column, SqlType type) {
        if (type.kind().isInterval() || type.is(Kind.VOID) && format.equals("parquet")) {
            throw SqlErrors.of(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "0A000",
                    "The " + format.toUpperCase(Locale.ROOT) + " datasource doesn't support the column "
                            + column.replace('"', '`') + " of the type \"" + type.text() + "\".");
        }
        if (format.equals("parquet")) {
            return "CAST(" + column + " AS " + type.duck() + ")";
        }
        if (format.equals("csv") && (type.kind().isNested() || type.is(Kind.BINARY))) {
            throw SqlErrors.of(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "0A000",
                    "The CSV datasource doesn't support the column " + column.replace('"', '`') + " of the type \""
                            + type.text() + "\".");
        }
        if (type.kind().isNested() && mentionsTime(type)) {
            throw SqlErrors.unsupported("JSON files with timestamps inside nested columns");
        }
        return text(column, type);
    }

    private static boolean mentionsTime(SqlType type) {
        return type.is(Kind.TIMESTAMP)
                || type.is(Kind.TIMESTAMP_NTZ)
                || type.is(Kind.BINARY)
                || type.fields().stream().anyMatch(f -> mentionsTime(f.type()));
    }

    private String text(String column, SqlType type) {
        String pattern = given.find(type.is(Kind.DATE) ? "dateformat" : "timestampformat");
        return switch (type.kind()) {
            case TIMESTAMP ->
                pattern == null
                        ? "regexp_replace(regexp_replace(strftime(" + column
                                + ", '%Y-%m-%dT%H:%M:%S.%g%z'), '[+]00$', 'Z')," + " '([+-][0-9]{2})$', '\\1:00')"
                        : "strftime(" + column + ", " + Identifiers.literal(DateFormats.duck(pattern)) + ")";
            case TIMESTAMP_NTZ ->
                "strftime(" + column + ", "
                        + (pattern == null ? "'%Y-%m-%dT%H:%M:%S.%g'" : Identifiers.literal(DateFormats.duck(pattern)))
                        + ")";
            case DATE ->
                pattern == null
                        ? column
                        : "strftime(" + column + ", " + Identifiers.literal(DateFormats.duck(pattern)) + ")";
            case BINARY -> "base64(" + column + ")";
            default -> column;
        };
    }

    /** Returns DuckDB's options of COPY. */
    public String options(Query query) {
        return switch (format) {
            case "parquet" ->
                "FORMAT parquet, COMPRESSION " + compression() + ", KV_METADATA {"
                        + "'org.apache.spark.version': '4.0.0', 'org.apache.spark.sql.parquet.row.metadata': "
                        + Identifiers.literal(SparkSchemaJson.of(query)) + "}";
            case "csv" ->
                "FORMAT csv, HEADER " + given.flag("header", false) + ", DELIM "
                        + Identifiers.literal(given.text("sep", given.text("delimiter", ","))) + ", QUOTE "
                        + Identifiers.literal(given.text("quote", "\"")) + ", ESCAPE "
                        + Identifiers.literal(given.text("escape", "\\")) + ", NULLSTR "
                        + Identifiers.literal(given.text("nullvalue", "")) + ", COMPRESSION " + compression();
            default ->
                given.flag("ignorenullfields", true)
                        ? "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIM '\u0001', COMPRESSION " + compression()
                        : "FORMAT json, COMPRESSION " + compression();
        };
    }
}
