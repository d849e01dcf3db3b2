package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Brings the engine {@code spark}. Its JVM needs the {@code --add-opens} that {@code docs/local-workspace.md} lists. */
public final class SparkEngineProvider implements EngineProvider {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Engine open(Optional<Path> dataDirectory) {
        return SparkEngine.open(dataDirectory);
    }
}
