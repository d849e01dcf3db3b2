package io.lakeport.sparkengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.corpus.CorpusEntry;
import io.lakeport.localworkspace.corpus.CorpusFile;
import io.lakeport.localworkspace.corpus.CorpusRun;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Asks Spark the whole corpus again: the answers in the files must be its answers. Prints where DuckDB answers otherwise, as
 * a table. With {@code -Dcorpus.write=true} the files take what Spark says.
 */
class CorpusOnSparkTest {
    private static final Path CORPUS =
            Path.of("../local-workspace/src/test/resources/io/lakeport/localworkspace/corpus");

    @Test
    void corpus_askedAgain_isWhatSparkAnswers() throws IOException {
        List<String> changed = new ArrayList<>();
        StringBuilder table = new StringBuilder("| file | statement | Spark | DuckDB |\n|---|---|---|---|\n");
        try (Engine spark = EngineProvider.named("spark").open(Optional.empty())) {
            for (Path file : CorpusFiles.files(CORPUS)) {
                List<CorpusEntry> entries = CorpusFile.parse(Files.readString(file));
                List<CorpusEntry> answered = CorpusFiles.answered(spark, entries);
                if (Boolean.getBoolean("corpus.write")) {
                    Files.writeString(file, CorpusFile.format(answered));
                } else {
                    compare(file, entries, answered, changed);
                }
                differences(file, answered, table);
            }
        }
        System.out.println(table);
        assertThat(changed).isEmpty();
    }

    private static void compare(
            Path file, List<CorpusEntry> entries, List<CorpusEntry> answered, List<String> changed) {
        for (int i = 0; i < entries.size(); i++) {
            // Numbers of attributes in a plan differ from run to run.
            boolean isPlan = entries.get(i).sql().startsWith("EXPLAIN");
            if (!isPlan && !entries.get(i).spark().equals(answered.get(i).spark())) {
                changed.add(file.getFileName() + ": " + entries.get(i).oneLine() + " -> "
                        + answered.get(i).spark());
            }
        }
    }

    private static void differences(Path file, List<CorpusEntry> entries, StringBuilder table) throws IOException {
        SessionSettings settings = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());
        try (Engine duck = EngineProvider.named("duckdb").open(Optional.empty());
                EngineSession session = duck.openSession(settings)) {
            for (CorpusEntry entry : entries) {
                List<String> mine = answer(session, entry.sql());
                if (!withoutNullability(mine).equals(withoutNullability(entry.expected()))) {
                    table.append("| ")
                            .append(file.getFileName())
                            .append(" | `")
                            .append(cell(entry.oneLine()))
                            .append("` | ")
                            .append(cell(String.join(" ", entry.expected())))
                            .append(" | ")
                            .append(cell(String.join(" ", mine)))
                            .append(" |\n");
                }
            }
        }
    }

    private static List<String> answer(EngineSession session, String sql) {
        try {
            return CorpusRun.answer(session, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            return List.of("! " + e);
        }
    }

    private static List<String> withoutNullability(List<String> answer) {
        return answer.stream().map(l -> l.replace(" NOT NULL", "")).toList();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
