package io.lakeport.sparkengine;

import io.lakeport.localworkspace.corpus.CorpusEntry;
import io.lakeport.localworkspace.corpus.CorpusFile;
import io.lakeport.localworkspace.corpus.CorpusRun;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks Spark for the answers of corpus files. */
final class CorpusFiles {
    private static final int MOST_SECONDS = 40;

    private CorpusFiles() {}

    /** Writes Spark's answers into files: the directory, then names of files or none for all. */
    public static void main(String[] args) throws IOException {
        try (Engine spark = EngineProvider.named("spark").open(Optional.empty())) {
            for (Path file : files(Path.of(args[0]))) {
                if (args.length > 1
                        && !List.of(args).contains(file.getFileName().toString())) {
                    continue;
                }
                List<CorpusEntry> entries = CorpusFile.parse(Files.readString(file));
                Files.writeString(file, CorpusFile.format(answered(spark, entries)));
                System.out.println(file.getFileName() + ": " + entries.size() + " statements");
            }
        }
    }

    private static Runnable cancelOf(EngineSession session, List<CorpusEntry> answered) {
        int running = answered.size();
        return () -> {
            if (answered.size() == running) {
                session.cancel();
            }
        };
    }

    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".test")).sorted().toList();
        }
    }

    /** Returns the entries with the answers of Spark, whose schema {@code main.default} is empty at the start. */
    static List<CorpusEntry> answered(Engine spark, List<CorpusEntry> entries) throws IOException {
        SessionSettings settings = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());
        List<CorpusEntry> answered = new ArrayList<>();
        try (EngineSession session = spark.openSession(settings)) {
            session.execute("DROP SCHEMA main.default CASCADE", List.of()).close();
            session.execute("CREATE SCHEMA main.default", List.of()).close();
        }
        try (EngineSession session = spark.openSession(settings)) {
            for (CorpusEntry entry : entries) {
                // A query that never ends is answered as cancelled, which its reader will notice.
                CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS)
                        .execute(cancelOf(session, answered));
                answered.add(entry.withSpark(CorpusRun.answer(session, entry.sql())));
            }
        }
        return answered;
    }
}
