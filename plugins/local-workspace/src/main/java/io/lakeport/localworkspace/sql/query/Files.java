package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Table.TableColumn;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Files read as tables: {@code parquet.`/a/directory`}, {@code csv.`/a/*.csv`}, {@code read_files}, COPY INTO. */
public final class Files {
    /** Formats that can be read. */
    public static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "text", "binaryfile");

    /** The column of a reader that tells where a row comes from. */
    static final String FILE = "lp_file";

    private static final SqlType METADATA = SqlType.struct(List.of(
            new Field("file_path", SqlType.STRING),
            new Field("file_name", SqlType.STRING),
            new Field("file_size", SqlType.LONG),
            new Field("file_block_start", SqlType.LONG),
            new Field("file_block_length", SqlType.LONG),
            new Field("file_modification_time", SqlType.TIMESTAMP)));

    private final Tables tables;

    public Files(Tables tables) {
        this.tables = tables;
    }

    /** Returns the files that a format and a path name, or nothing when the first part is no format. */
    Optional<Table> find(List<String> name) {
        if (name.size() != 2 || !FORMATS.contains(name.get(0).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String path = name.get(1);
        List<Found> files = new FileListing(tables::place).files(path, false);
        FileRequest request = new FileRequest(name.get(0), path, files, FileOptions.NONE, List.of(), false, false);
        return Optional.of(read(request));
    }

    /**
     * Returns the table that files make.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException UNABLE_TO_INFER_SCHEMA when there is no file to look at
     */
    public Table read(FileRequest request) {
        request.options().require(request.format());
        if (request.files().isEmpty()) {
            return empty(request);
        }
        FilePartitions partitions = FilePartitions.of(request);
        Table content = new FileReaders(tables).read(request);
        List<TableColumn> columns = new ArrayList<>(content.columns());
        List<String> list = new ArrayList<>();
        content.columns().forEach(c -> list.add(Identifiers.duck(c.name())));
        for (Field p : partitions.fields()) {
            columns.removeIf(c -> c.name().equalsIgnoreCase(p.name()));
            list.removeIf(c -> c.equalsIgnoreCase(Identifiers.duck(p.name())));
            columns.add(new TableColumn(p.name(), p.type(), p.type().duck(), true));
            list.add(partitions.sql(p) + " AS " + Identifiers.duck(p.name()));
        }
        list.add(metadata(request.files()) + " AS _metadata");
        TableColumn hidden = new TableColumn("_metadata", METADATA, METADATA.duck(), false);
        String sql = "(SELECT " + String.join(", ", list) + " FROM " + content.sql() + ")";
        return new Table(List.of(), sql, columns, List.of(hidden));
    }

    /** Whether a file is one of its format, as far as its first and last bytes tell. */
    public static boolean isReadable(Found file, String format) {
        return !format.equals("parquet") || FileReaders.isParquet(file);
    }

    private static Table empty(FileRequest request) {
        if (request.schema().isEmpty()) {
            throw SqlErrors.of(
                    "UNABLE_TO_INFER_SCHEMA",
                    "42KD9",
                    "Unable to infer schema for " + request.format().toUpperCase(Locale.ROOT)
                            + ". It must be specified manually.");
        }
        String list = request.schema().stream()
                .map(f -> "CAST(NULL AS " + f.type().duck() + ") AS " + Identifiers.duck(f.name()))
                .collect(Collectors.joining(", "));
        List<TableColumn> columns = request.schema().stream()
                .map(f -> new TableColumn(f.name(), f.type(), f.type().duck(), true))
                .toList();
        return new Table(List.of(), "(SELECT " + list + " WHERE false)", columns);
    }

    /** Returns what looks up a row's file among all of them. */
    static String lookup(List<Found> files, java.util.function.Function<Found, String> value) {
        String pairs = files.stream()
                .map(f -> Identifiers.literal(f.place().onDisk().toString()) + ": " + value.apply(f))
                .collect(Collectors.joining(", "));
        return "(MAP {" + pairs + "})[" + FILE + "]";
    }

    private static String metadata(List<Found> files) {
        return lookup(files, f -> {
            FileEntry e = f.entry();
            return "{'file_path': " + Identifiers.literal(f.place().path().uri()) + ", 'file_name': "
                    + Identifiers.literal(e.name()) + ", 'file_size': " + e.size() + "::BIGINT, 'file_block_start': "
                    + "0::BIGINT, 'file_block_length': " + e.size() + "::BIGINT, 'file_modification_time': "
                    + "make_timestamptz(" + e.modified().toEpochMilli() * 1000 + ")}";
        });
    }
}
