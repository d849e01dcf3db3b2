package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.engine.FileTransfer;
import io.lakeport.localworkspace.engine.FileTransfer.Operation;
import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FilePath;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.Tokens;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The statements about files that Spark's grammar does not have. */
public final class FileStatements {
    /** Looked at before anything else, so that other statements cost one match. */
    private static final Pattern BEGINNING =
            Pattern.compile("(?is)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(LIST|LS|PUT|GET|REMOVE|RM|COPY)\\b.*");

    private final CommandContext context;

    /** Creates the statements of a session. */
    public FileStatements(CommandContext context) {
        this.context = context;
    }

    /** Runs the statement if it is one of these. */
    public Optional<Outcome> run(String sql) {
        if (!BEGINNING.matcher(sql).matches()) {
            return Optional.empty();
        }
        try {
            Tokens tokens = Tokens.of(sql);
            String first = tokens.peek().toUpperCase(Locale.ROOT);
            return switch (first) {
                case "LIST", "LS" -> list(tokens);
                case "PUT", "GET", "REMOVE", "RM" -> transfer(tokens);
                case "COPY" -> Optional.of(new CopyInto(context, CopyStatement.parse(tokens)).run());
                default -> Optional.empty();
            };
        } catch (FileError e) {
            throw FileErrors.of(e);
        }
    }

    private Optional<Outcome> list(Tokens tokens) {
        tokens.part();
        Optional<String> path = tokens.takeString();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        int limit = tokens.take("LIMIT") ? number(tokens) : Integer.MAX_VALUE;
        tokens.end();
        Listing listing = new Listing()
                .strings("path", "name")
                .column("size", SqlType.LONG)
                .column("modification_time", SqlType.LONG);
        Place place = context.files().place(context.user(), path.get(), Intent.READ);
        Optional<FileEntry> found = place.find();
        if (found.filter(e -> !e.directory()).isPresent()) {
            return Optional.of(Outcome.rows("LIST", row(listing, place.path(), found.get())));
        }
        place.list().stream()
                .limit(limit)
                .forEach(e -> row(listing, place.path().child(e.name()), e));
        return Optional.of(Outcome.rows("LIST", listing));
    }

    private static Listing row(Listing listing, FilePath path, FileEntry entry) {
        String slash = entry.directory() ? "/" : "";
        return listing.row(List.of(
                path.text() + slash,
                entry.name() + slash,
                entry.size(),
                entry.modified().toEpochMilli()));
    }

    private static int number(Tokens tokens) {
        if (!tokens.peek().matches("\\d{1,9}")) {
            throw tokens.error();
        }
        return Integer.parseInt(tokens.part());
    }

    private Optional<Outcome> transfer(Tokens tokens) {
        Operation operation = switch (tokens.part().toUpperCase(Locale.ROOT)) {
            case "PUT" -> Operation.PUT;
            case "GET" -> Operation.GET;
            default -> Operation.REMOVE;
        };
        String first = tokens.string();
        String second = "";
        if (operation != Operation.REMOVE) {
            tokens.expect(operation == Operation.PUT ? "INTO" : "TO");
            second = tokens.string();
        }
        boolean overwrite = operation == Operation.PUT && tokens.take("OVERWRITE");
        tokens.end();
        String path = operation == Operation.PUT ? second : first;
        String local = operation == Operation.PUT ? first : second;
        require(operation, path, overwrite);
        FileTransfer transfer = new FileTransfer(
                operation, FilePath.parse(path).text(), local.replaceFirst("^file:/+", "/"), overwrite, context.user());
        return Optional.of(new Outcome(operation.name(), null, transfer));
    }

    private void require(Operation operation, String path, boolean overwrite) {
        if (FilePath.parse(path).kind() != FilePath.Kind.VOLUME) {
            throw SqlErrors.of(
                    "INVALID_STAGING_PATH_IN_STAGING_ACCESS_QUERY",
                    "42604",
                    "Invalid staging path in staging " + operation + " query: " + path);
        }
        Intent intent = operation == Operation.GET ? Intent.READ : Intent.WRITE;
        Place place = context.files().place(context.user(), path, intent);
        if (operation != Operation.PUT) {
            place.file();
        } else if (place.find().isPresent() && (!overwrite || place.find().get().directory())) {
            throw new FileError(FileError.Reason.ALREADY_EXISTS, path, "The file exists.");
        }
    }
}
