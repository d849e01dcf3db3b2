package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.FileOptions;
import io.lakeport.localworkspace.sql.query.FileWriting;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * INSERT OVERWRITE DIRECTORY: a query's rows as files with Spark's names, committed as Databricks' protocol does it:
 * {@code _started}, the part, {@code _committed} with what was added and removed, {@code _SUCCESS}; then the old files go.
 */
final class DirectoryExport {
    private final CommandContext context;

    DirectoryExport(CommandContext context) {
        this.context = context;
    }

    Outcome run(SqlBaseParser.InsertOverwriteDirContext ctx, SqlBaseParser.QueryContext query) {
        TableClauses clauses = new TableClauses(context);
        Map<String, String> options = ctx.options == null ? Map.of() : clauses.properties(ctx.options);
        String path = ctx.path == null ? new FileOptions(options).text("path", "") : clauses.text(ctx.path);
        if (path.isEmpty()) {
            throw SqlErrors.of(
                    "INVALID_PARAMETER_VALUE.PATH",
                    "22023",
                    "Directory path and 'path' in OPTIONS should be specified" + " one, but not both.");
        }
        String format = ctx.tableProvider().multipartIdentifier().getText().toLowerCase(Locale.ROOT);
        FileWriting writing = FileWriting.of(format, new FileOptions(options));
        Place target = context.files().place(context.user(), path, Intent.WRITE);
        if (target.find().filter(e -> !e.directory()).isPresent()) {
            throw SqlErrors.of("PATH_ALREADY_EXISTS", "42K04", "Path " + path + " already exists and is a file.");
        }
        write(target, writing, context.query(query));
        return Outcome.none("INSERT");
    }

    private void write(Place target, FileWriting writing, Query query) {
        try {
            Path part = Files.createTempFile(context.files().scratch(), "part-", "");
            try {
                context.run("COPY (" + writing.select(query) + ") TO " + Identifiers.literal(part.toString()) + " ("
                        + writing.options(query) + ")");
                publish(target, writing, part);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write into the workspace's scratch directory", e);
        }
    }

    private static void publish(Place target, FileWriting writing, Path part) throws IOException {
        List<String> old = target.find().isEmpty()
                ? List.of()
                : target.list().stream().map(FileEntry::name).toList();
        String id = String.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        String name = "part-00000-tid-" + id + "-" + UUID.randomUUID() + "-0-1-c000" + writing.extension();
        put(target, "_started_" + id, "");
        try (InputStream content = Files.newInputStream(part)) {
            target.child(name).write(content, false);
        }
        var committed = Json.object();
        committed.putArray("added").add(name);
        var removed = committed.putArray("removed");
        old.stream().filter(n -> !n.startsWith("_")).forEach(removed::add);
        put(target, "_committed_" + id, committed.toString());
        old.forEach(n -> target.child(n).delete());
        put(target, "_SUCCESS", "");
    }

    private static void put(Place target, String name, String content) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        target.child(name).write(new ByteArrayInputStream(bytes), true);
    }
}
