package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Statements with their column names, types and values. The expected lines were read against Spark's documentation; a
 * comparison with Spark itself is still to come. In {@code corpus.txt} a statement ends with a semicolon; {@code =} begins its columns, {@code >} a row, {@code !} the class and state of its
 * failure. The statements of the file run in order in one session.
 */
class DuckEngineCorpusTest {
    private record Case(String sql, List<String> expected) {}

    @TestFactory
    Stream<DynamicTest> corpus_statement_answersAsSpark() throws IOException {
        Engine engine = DuckEngine.open(Optional.empty());
        EngineSession session =
                engine.openSession(new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of()));
        Stream<DynamicTest> tests = cases().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.sql(),
                        () -> assertThat(inDefinedOrder(c, run(session, c.sql())))
                                .isEqualTo(inDefinedOrder(c, c.expected()))));
        return tests.onClose(() -> {
            session.close();
            engine.close();
        });
    }

    /** SQL promises an order to a statement that asks for one, and to no other. */
    private static List<String> inDefinedOrder(Case c, List<String> lines) {
        return c.sql().toUpperCase(Locale.ROOT).contains("ORDER BY")
                ? lines
                : lines.stream().sorted().toList();
    }

    static List<String> run(EngineSession session, String sql) throws IOException {
        List<String> lines = new ArrayList<>();
        try (EngineResult result = session.execute(sql, List.of())) {
            lines.add(("= " + Rows.columns(result)).strip());
            Rows.of(result).forEach(r -> lines.add("> " + String.join(" | ", r)));
        } catch (EngineException e) {
            lines.add("! " + e.errorClass() + " " + e.sqlState());
        }
        return lines;
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = DuckEngineCorpusTest.class.getResourceAsStream("corpus.txt")) {
            String sql = "";
            List<String> expected = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.matches("[=>!] .*|=")) {
                    expected.add(line);
                } else if (line.endsWith(";")) {
                    if (!sql.isEmpty()) {
                        cases.add(new Case(sql, List.copyOf(expected)));
                    }
                    sql = line.substring(0, line.length() - 1);
                    expected.clear();
                }
            }
            cases.add(new Case(sql, List.copyOf(expected)));
        }
        return cases;
    }
}
