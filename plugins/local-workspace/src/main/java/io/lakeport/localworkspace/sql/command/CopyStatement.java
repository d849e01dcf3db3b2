package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.Tokens;
import io.lakeport.localworkspace.sql.query.FileOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * COPY INTO as written.
 *
 * @param target name of the table
 * @param columns columns to fill, none for those that the files name
 * @param byPosition whether columns are matched by position
 * @param path where the files are
 * @param select select list and what follows FROM's path, empty without a query
 * @param format for example {@code csv}, in lower case
 * @param validateRows rows to show instead of loading, empty to load
 * @param files names of the files to load, none for all
 * @param pattern pattern of the files to load
 * @param formatOptions how the files are written
 * @param copyOptions {@code force}, {@code mergeSchema}
 */
record CopyStatement(
        List<String> target,
        List<String> columns,
        boolean byPosition,
        String path,
        Optional<Select> select,
        String format,
        OptionalInt validateRows,
        List<String> files,
        Optional<String> pattern,
        FileOptions formatOptions,
        FileOptions copyOptions) {
    private static final int PREVIEW = 50;

    /** A query over the files: the text before the path and the text after it. */
    record Select(String before, String after) {}

    static CopyStatement parse(Tokens tokens) {
        tokens.expect("COPY", "INTO");
        List<String> target = tokens.name();
        boolean byPosition = tokens.take("BY", "POSITION");
        List<String> columns = tokens.take("(") ? names(tokens) : List.of();
        tokens.expect("FROM");
        Optional<Select> select = Optional.empty();
        String path;
        if (tokens.take("(")) {
            Query query = query(tokens.untilClosing());
            select = Optional.of(query.select());
            path = query.path();
        } else {
            path = tokens.string();
        }
        refuseKeys(tokens);
        tokens.expect("FILEFORMAT", "=");
        String format = tokens.part().toLowerCase(Locale.ROOT);
        requireFormat(format);
        OptionalInt validate = validate(tokens);
        List<String> files = List.of();
        Optional<String> pattern = Optional.empty();
        if (tokens.take("FILES")) {
            tokens.expect("=", "(");
            files = strings(tokens);
        } else if (tokens.take("PATTERN")) {
            tokens.expect("=");
            pattern = Optional.of(tokens.string());
        }
        FileOptions formatOptions = options(tokens, "FORMAT_OPTIONS");
        FileOptions copyOptions = options(tokens, "COPY_OPTIONS");
        tokens.end();
        return new CopyStatement(
                target,
                columns,
                byPosition,
                path,
                select,
                format,
                validate,
                files,
                pattern,
                formatOptions,
                copyOptions);
    }

    private record Query(Select select, String path) {}

    /** Takes the path out of {@code SELECT … FROM 'path' …}, which Spark's grammar would not read. */
    private static Query query(String text) {
        Tokens tokens = Tokens.of(text);
        if (!tokens.next("SELECT")) {
            throw tokens.error();
        }
        while (!tokens.atEnd()) {
            int from = tokens.position();
            if (tokens.take("FROM")) {
                int start = tokens.position();
                Optional<String> path = tokens.takeString();
                if (path.isPresent()) {
                    int end = tokens.atEnd() ? text.length() : tokens.position();
                    return new Query(new Select(text.substring(0, start), text.substring(end)), path.get());
                }
            } else {
                tokens.skip();
            }
            assert tokens.position() > from;
        }
        throw tokens.error();
    }

    private static void refuseKeys(Tokens tokens) {
        if (!tokens.take("WITH")) {
            return;
        }
        tokens.expect("(");
        while (!tokens.take(")")) {
            if (tokens.take("CREDENTIAL") && !tokens.next("(")) {
                tokens.part();
            } else {
                throw SqlErrors.unsupported("keys in the text of COPY INTO, because they would stay in the query"
                        + " history; read from a volume or an external location instead");
            }
        }
    }

    private static void requireFormat(String format) {
        if (!List.of("csv", "json", "avro", "orc", "parquet", "text", "binaryfile")
                .contains(format)) {
            throw SqlErrors.of(
                    "COPY_INTO_SOURCE_FILE_FORMAT_NOT_SUPPORTED",
                    "0A000",
                    "The format of the source files must be one of CSV, JSON, AVRO, ORC, PARQUET, TEXT, or BINARYFILE."
                            + " Using COPY INTO on Delta tables as the source is not supported as duplicate data may be"
                            + " ingested after OPTIMIZE operations. This check can be turned off by running the SQL"
                            + " command `set spark.databricks.delta.copyInto.formatCheck.enabled = false`.");
        }
        if (format.equals("avro") || format.equals("orc")) {
            throw SqlErrors.unsupported("files of the format " + format);
        }
    }

    private static OptionalInt validate(Tokens tokens) {
        if (!tokens.take("VALIDATE")) {
            return OptionalInt.empty();
        }
        if (tokens.take("ALL") || !tokens.peek().matches("\\d{1,9}")) {
            return OptionalInt.of(PREVIEW);
        }
        int rows = Integer.parseInt(tokens.part());
        tokens.expect("ROWS");
        return OptionalInt.of(Math.min(rows, PREVIEW));
    }

    private static List<String> names(Tokens tokens) {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.part());
        } while (tokens.take(","));
        tokens.expect(")");
        return names;
    }

    private static List<String> strings(Tokens tokens) {
        List<String> all = new ArrayList<>();
        do {
            all.add(tokens.string());
        } while (tokens.take(","));
        tokens.expect(")");
        return all;
    }

    private static FileOptions options(Tokens tokens, String word) {
        Map<String, String> options = new HashMap<>();
        if (tokens.take(word)) {
            tokens.expect("(");
            do {
                String name = tokens.takeString().orElseGet(tokens::part);
                tokens.expect("=");
                options.put(name, tokens.takeString().orElseGet(tokens::part));
            } while (tokens.take(","));
            tokens.expect(")");
        }
        return new FileOptions(options);
    }
}
