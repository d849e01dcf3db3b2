package io.lakeport.localworkspace.corpus;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a corpus file with its answer.
 *
 * @param comments lines before the statement, each beginning with {@code #}
 * @param sql the statement without its closing semicolon
 * @param spark what Spark answered: {@code =} and the columns, {@code >} and a row each, or {@code !} with class and state
 *     of the failure; empty when Spark has not been asked yet
 * @param databricks where Databricks documents another answer than Spark's
 */
public record CorpusEntry(List<String> comments, String sql, List<String> spark, Optional<Override> databricks) {
    public CorpusEntry {
        comments = List.copyOf(comments);
        spark = List.copyOf(spark);
    }

    /**
     * Another answer than Spark's.
     *
     * @param reason where and why Databricks differs
     * @param lines the answer, written as Spark's is
     */
    public record Override(String reason, List<String> lines) {
        public Override {
            lines = List.copyOf(lines);
        }
    }

    /** Returns the answer that an engine must give. */
    public List<String> expected() {
        return databricks.map(Override::lines).orElse(spark);
    }

    /** Returns this entry with another answer of Spark's. */
    public CorpusEntry withSpark(List<String> lines) {
        return new CorpusEntry(comments, sql, lines, databricks);
    }

    /** Returns the statement on one line, by which lists name it. */
    public String oneLine() {
        return sql.replaceAll("\\s*\\n\\s*", " ");
    }
}
