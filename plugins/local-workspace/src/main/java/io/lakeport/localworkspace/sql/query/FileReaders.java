package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Table.TableColumn;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the contents of files by DuckDB's readers; every row also tells its file. */
final class FileReaders {
    private static final int MAGIC = 4;

    private final Tables tables;

    FileReaders(Tables tables) {
        this.tables = tables;
    }

    Table read(FileRequest request) {
        return switch (request.format()) {
            case "parquet" -> parquet(request);
            case "csv" -> new CsvFiles(tables).read(request);
            case "json" -> new JsonFiles(tables).read(request);
            case "text" -> text(request);
            case "binaryfile" -> binary(request);
            default -> throw SqlErrors.unsupported("files of the format " + request.format());
        };
    }

    static String list(FileRequest request) {
        return request.files().stream()
                .map(f -> Identifiers.literal(f.place().onDisk().toString()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static List<TableColumn> columns(List<Field> fields) {
        return fields.stream()
                .map(f -> new TableColumn(f.name(), f.type(), f.type().duck(), true))
                .toList();
    }

    private Table parquet(FileRequest request) {
        request.files().forEach(FileReaders::requireParquet);
        String union = request.options().flag("mergeschema", false) ? ", union_by_name = true" : "";
        String reader = "read_parquet(" + list(request) + union + ", hive_partitioning = false, filename = '"
                + Files.FILE + "')";
        List<TableColumn> found = tables.describe("SELECT * EXCLUDE (" + Files.FILE + ") FROM " + reader);
        if (request.schema().isEmpty()) {
            return new Table(List.of(), reader, found);
        }
        String select = request.schema().stream()
                .map(f -> cast(f, found) + " AS " + Identifiers.duck(f.name()))
                .collect(Collectors.joining(", "));
        String sql = "(SELECT " + select + ", " + Files.FILE + " FROM " + reader + ")";
        return new Table(List.of(), sql, columns(request.schema()));
    }

    private static String cast(Field field, List<TableColumn> found) {
        boolean there = found.stream().anyMatch(c -> c.name().equalsIgnoreCase(field.name()));
        String source = there ? Identifiers.duck(field.name()) : "NULL";
        return "CAST(" + source + " AS " + field.type().duck() + ")";
    }

    /** Whether a file begins and ends as Parquet does. */
    static boolean isParquet(Found file) {
        long size = file.entry().size();
        if (size < 3 * MAGIC) {
            return false;
        }
        return magic(file, 0) && magic(file, size - MAGIC);
    }

    private static boolean magic(Found file, long offset) {
        try (InputStream in = file.place().read(offset, MAGIC)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1).equals("PAR1");
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireParquet(Found file) {
        if (!isParquet(file)) {
            throw SqlErrors.of(
                    "CANNOT_READ_FILE_FOOTER",
                    "KD001",
                    "Could not read footer for file: " + file.place().path().uri()
                            + ". Please ensure that the file is in either ORC or Parquet format. If not, please convert"
                            + " it to a valid format. If the file is in the valid format, please check if it is"
                            + " corrupt. If it is, you can choose to either ignore it or fix the corruption.");
        }
    }

    private static Table text(FileRequest request) {
        String reader = "(SELECT filename AS " + Files.FILE + ", content AS c FROM read_text(" + list(request) + "))";
        String sql;
        if (request.options().flag("wholetext", false)) {
            sql = "(SELECT c AS value, " + Files.FILE + " FROM " + reader + ")";
        } else {
            // A line feed at the end ends the last line and begins no further one.
            String lines = "string_split(regexp_replace(replace(c, chr(13) || chr(10), chr(10)), '\\n$', ''), chr(10))";
            sql = "(SELECT unnest(" + lines + ") AS value, " + Files.FILE + " FROM " + reader + " WHERE c <> '')";
        }
        return new Table(List.of(), sql, columns(List.of(new Field("value", SqlType.STRING))));
    }

    private static Table binary(FileRequest request) {
        String path = Files.lookup(
                request.files(), f -> Identifiers.literal(f.place().path().uri()));
        String modified = Files.lookup(
                request.files(), f -> "make_timestamptz(" + f.entry().modified().toEpochMilli() * 1000 + ")");
        String sql = "(SELECT " + path + " AS path, " + modified + " AS \"modificationTime\", size AS length, content, "
                + Files.FILE + " FROM (SELECT filename AS " + Files.FILE + ", size, content FROM read_blob("
                + list(request) + ")))";
        return new Table(
                List.of(),
                sql,
                columns(List.of(
                        new Field("path", SqlType.STRING),
                        new Field("modificationTime", SqlType.TIMESTAMP),
                        new Field("length", SqlType.LONG),
                        new Field("content", SqlType.BINARY))));
    }
}
