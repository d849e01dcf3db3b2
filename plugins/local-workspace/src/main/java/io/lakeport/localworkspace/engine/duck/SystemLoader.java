package io.lakeport.localworkspace.engine.duck;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills system tables, on connections of its own and through files, so that tens of thousands of rows take a moment and
 * hold nobody else up. Rows that stay are the first of their table, so that all later ones can be replaced. Thread-safe.
 */
final class SystemLoader {
    private final DuckDatabase database;
    private final Map<String, Long> staying = new ConcurrentHashMap<>();
    private final Map<String, Boolean> filled = new ConcurrentHashMap<>();

    SystemLoader(DuckDatabase database) {
        this.database = database;
    }

    /** Returns whether the table has yet to be created; says so once. */
    boolean isNew(String name) {
        return staying.putIfAbsent(name, 0L) == null;
    }

    void refresh(
            String name,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> past,
            List<? extends List<? extends @Nullable Object>> recent) {
        boolean wasFilled = filled.getOrDefault(name, false);
        if (!wasFilled && past.isEmpty() && recent.isEmpty()) {
            return;
        }
        String table = DuckNames.qualified(List.of(name.toLowerCase(Locale.ROOT).split("\\.", 3)));
        long stay = staying.getOrDefault(name, 0L);
        List<String> statements = new ArrayList<>();
        if (wasFilled) {
            statements.add("DELETE FROM " + table + " WHERE rowid >= " + stay);
        }
        List<Path> files = new ArrayList<>();
        try {
            insert(past, table, columns, statements, files);
            insert(recent, table, columns, statements, files);
            run(statements);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the rows of " + name + " to a temporary file", e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
        staying.put(name, stay + past.size());
        filled.put(name, !recent.isEmpty());
    }

    private static void insert(
            List<? extends List<? extends @Nullable Object>> rows,
            String table,
            List<EngineColumn> columns,
            List<String> statements,
            List<Path> files)
            throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Path file = Files.createTempFile("lakeport-system", ".jsonl");
        files.add(file);
        List<Boolean> nested = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<String> select = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlType type = TypeTexts.of(StatementParser.parseType(columns.get(i).typeText()));
            nested.add(type.kind().isNested());
            // The reader gives nested values their types, as a cast would insist on every field of a STRUCT.
            String readAs = type.kind().isNested() ? type.duck() : "VARCHAR";
            read.add("c" + i + ": " + Identifiers.literal(readAs));
            select.add("CAST(c" + i + " AS " + type.duck() + ")");
        }
        write(file, rows, nested);
        statements.add("INSERT INTO " + table + " SELECT " + String.join(", ", select) + " FROM read_json("
                + Identifiers.literal(file.toString()) + ", format = 'newline_delimited', columns = {"
                + String.join(", ", read) + "})");
    }

    private static void write(Path file, List<? extends List<? extends @Nullable Object>> rows, List<Boolean> nested)
            throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (List<? extends @Nullable Object> row : rows) {
                json.writeStartObject();
                for (int i = 0; i < row.size(); i++) {
                    Object value = row.get(i);
                    if (value != null && nested.get(i)) {
                        json.writeFieldName("c" + i);
                        json.writeRawValue(value.toString());
                    } else if (value != null) {
                        json.writeStringField("c" + i, value.toString());
                    }
                }
                json.writeEndObject();
            }
        }
    }

    private void run(List<String> statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN TRANSACTION");
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
    }
}
