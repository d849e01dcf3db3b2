package io.lakeport.localworkspace.corpus;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The corpus files beside this class and how an engine answers them. */
final class Corpus {
    static final List<String> FILES = List.of(
            "aggregates",
            "arithmetic",
            "casts",
            "collections",
            "datetime",
            "general",
            "intervals",
            "json",
            "literals",
            "math",
            "queries",
            "regexp",
            "strings",
            "tables",
            "windows");

    /** One statement with the answer of an engine. */
    record Run(String name, CorpusEntry entry, List<String> actual) {
        boolean isEqual() {
            return nullable(entry.expected()).equals(nullable(actual));
        }

        /** Spark says of some columns that they are never NULL; no client shows it, and a column that may be is no lie. */
        private static List<String> nullable(List<String> answer) {
            List<String> lines = new ArrayList<>(answer);
            if (!lines.isEmpty() && lines.get(0).startsWith("=")) {
                lines.set(0, lines.get(0).replace(" NOT NULL", ""));
            }
            return lines;
        }
    }

    private Corpus() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a file on an engine that has nothing in it. */
    static List<Run> run(String file, String engineName) throws IOException {
        List<Run> runs = new ArrayList<>();
        SessionSettings settings = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());
        try (Engine engine = EngineProvider.named(engineName).open(Optional.empty());
                EngineSession session = engine.openSession(settings)) {
            for (CorpusEntry entry : CorpusFile.parse(text(file + ".test"))) {
                String name = name(file, entry, runs);
                runs.add(new Run(name, entry, answer(session, entry.sql())));
            }
        }
        return runs;
    }

    /** A statement that a file has more than once is named with its turn. */
    private static String name(String file, CorpusEntry entry, List<Run> before) {
        long turn =
                before.stream().filter(r -> r.entry().sql().equals(entry.sql())).count();
        return file + ".test: " + entry.oneLine() + (turn == 0 ? "" : " #" + (turn + 1));
    }

    private static List<String> answer(EngineSession session, String sql) throws IOException {
        try {
            return CorpusRun.answer(session, sql);
        } catch (RuntimeException e) {
            return List.of("! INTERNAL " + e.toString().replace('\n', ' '));
        }
    }

    /** Prints the differences of DuckDB from Spark: all, or those of the files that are named. */
    public static void main(String[] args) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String file : args.length == 0 ? FILES : List.of(args)) {
            for (Run run : run(file, "duckdb")) {
                String kind = run.isEqual()
                        ? "equal"
                        : KnownDifferences.kind(run.entry().expected(), run.actual());
                counts.merge(kind, 1, Integer::sum);
                if (!run.isEqual()) {
                    System.out.println(kind + "  " + run.name());
                    run.entry().expected().forEach(l -> System.out.println("    S " + l));
                    run.actual().forEach(l -> System.out.println("    D " + l));
                }
            }
        }
        System.out.println(counts);
    }
}
