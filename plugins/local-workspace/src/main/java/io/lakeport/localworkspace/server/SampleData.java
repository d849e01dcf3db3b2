package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.governance.Securables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The small real data set that every workspace has, as Databricks' own workspaces have a catalog {@code samples}:
 * wildlife strikes on aircraft from the US FAA Wildlife Strike Database.
 */
final class SampleData {
    private static final String RESOURCE = "/io/lakeport/localworkspace/data/birdstrikes.csv";

    /** The engine that a workspace has when it is not told another. */
    static final String ENGINE = "duckdb";

    private SampleData() {}

    /** Opens the engine that every workspace has unless a test brings another. */
    static Engine openWithSamples(Optional<Path> dataDirectory) {
        return openWithSamples(ENGINE).apply(dataDirectory);
    }

    /**
     * Returns what opens an engine by its name.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    static Function<Optional<Path>, Engine> openWithSamples(String engine) {
        EngineProvider provider = EngineProvider.named(engine);
        return directory -> new SampledEngine(provider.open(directory), SampleData::load);
    }

    private static void load(Engine engine) {
        SessionSettings settings =
                new SessionSettings(Securables.SYSTEM_USER, Optional.empty(), Optional.empty(), Map.of());
        try (EngineSession session = engine.openSession(settings)) {
            session.execute("CREATE CATALOG IF NOT EXISTS samples", List.of()).close();
            session.execute("CREATE SCHEMA IF NOT EXISTS samples.faa", List.of())
                    .close();
        }
        try (InputStream source = SampleData.class.getResourceAsStream(RESOURCE)) {
            Path file = Files.createTempFile("lakeport-sample-", ".csv");
            try {
                Files.copy(Objects.requireNonNull(source, RESOURCE), file, StandardCopyOption.REPLACE_EXISTING);
                engine.load("samples.faa.birdstrikes", file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sample data could not be unpacked", e);
        }
    }
}
