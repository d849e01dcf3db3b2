package io.lakeport.localworkspace.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * DuckDB's answers against those that Spark 4.2 gave (profile {@code spark} asks it again). Every statement answers as Spark
 * or is in {@code differences.txt} with its reason; what is there and answers as Spark after all must be taken out.
 */
class CorpusTest {
    private static final Map<String, KnownDifferences.Known> KNOWN =
            KnownDifferences.parse(Corpus.text("differences.txt"));

    static List<String> files() {
        return Corpus.FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void corpus_statement_answersAsSparkOrIsListed(String file) throws IOException {
        List<String> surprises = new ArrayList<>();
        for (Corpus.Run run : Corpus.run(file, "duckdb")) {
            KnownDifferences.Known known = KNOWN.get(run.name());
            if (run.isEqual() && known != null) {
                surprises.add("answers as Spark, take it out of differences.txt: " + run.name());
            } else if (!run.isEqual()) {
                String kind = KnownDifferences.kind(run.entry().expected(), run.actual());
                if (known == null || !known.kind().equals(kind)) {
                    surprises.add(kind + ": " + run.name() + "\n  expected "
                            + run.entry().expected() + "\n  answered " + run.actual());
                }
            }
        }
        assertThat(surprises).isEmpty();
    }

    @Test
    void differences_listedStatement_isInTheCorpus() {
        Set<String> names = new HashSet<>();
        for (String file : Corpus.FILES) {
            CorpusFile.parse(Corpus.text(file + ".test")).forEach(e -> names.add(file + ".test: " + e.oneLine()));
        }
        List<String> listed =
                KNOWN.keySet().stream().map(n -> n.replaceAll(" #\\d+$", "")).toList();
        assertThat(names).hasSizeGreaterThan(600).containsAll(listed);
    }
}
