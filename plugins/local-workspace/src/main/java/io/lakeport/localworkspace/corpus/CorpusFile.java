package io.lakeport.localworkspace.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A corpus file, read and written. A statement ends with a semicolon at the end of a line; {@code =} begins its columns,
 * {@code >} a row, {@code !} the class and state of its failure; {@code databricks:} gives a reason, and the lines after
 * it are the answer that counts. Lines that begin with {@code #} are comments.
 */
public final class CorpusFile {
    private static final String OVERRIDE = "databricks: ";

    private final List<CorpusEntry> entries = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<String> statement = new ArrayList<>();
    private final List<String> spark = new ArrayList<>();
    private final List<String> databricks = new ArrayList<>();
    private @Nullable String sql;
    private @Nullable String reason;

    private CorpusFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when a statement has no end or an answer no statement
     */
    public static List<CorpusEntry> parse(String text) {
        CorpusFile file = new CorpusFile();
        text.lines().forEach(file::line);
        if (!file.statement.isEmpty()) {
            throw new IllegalArgumentException("A statement does not end with a semicolon: " + file.statement);
        }
        file.end();
        return List.copyOf(file.entries);
    }

    private void line(String line) {
        if (statement.isEmpty() && line.matches("[=>!] .*|=")) {
            answer(line);
        } else if (statement.isEmpty() && line.startsWith(OVERRIDE)) {
            reason = line.substring(OVERRIDE.length());
        } else if (statement.isEmpty() && line.startsWith("#")) {
            end();
            comments.add(line);
        } else if (!statement.isEmpty() || !line.isBlank()) {
            statement(line);
        }
    }

    private void answer(String line) {
        if (sql == null) {
            throw new IllegalArgumentException("An answer follows no statement: " + line);
        }
        (reason == null ? spark : databricks).add(line);
    }

    private void statement(String line) {
        if (statement.isEmpty()) {
            end();
        }
        statement.add(line);
        if (line.endsWith(";")) {
            String whole = String.join("\n", statement);
            sql = whole.substring(0, whole.length() - 1);
            statement.clear();
        }
    }

    private void end() {
        if (sql == null) {
            return;
        }
        Optional<CorpusEntry.Override> other =
                reason == null ? Optional.empty() : Optional.of(new CorpusEntry.Override(reason, databricks));
        entries.add(new CorpusEntry(comments, sql, spark, other));
        comments.clear();
        spark.clear();
        databricks.clear();
        sql = null;
        reason = null;
    }

    /** Returns the text of a file with these entries. */
    public static String format(List<CorpusEntry> entries) {
        StringBuilder text = new StringBuilder();
        for (CorpusEntry entry : entries) {
            text.append(text.isEmpty() ? "" : "\n");
            entry.comments().forEach(c -> text.append(c).append('\n'));
            text.append(entry.sql()).append(";\n");
            entry.spark().forEach(l -> text.append(l).append('\n'));
            entry.databricks().ifPresent(other -> {
                text.append(OVERRIDE).append(other.reason()).append('\n');
                other.lines().forEach(l -> text.append(l).append('\n'));
            });
        }
        return text.toString();
    }
}
