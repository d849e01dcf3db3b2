package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Brings DuckDB, the engine that a workspace has when it is not told another. */
public final class DuckEngineProvider implements EngineProvider {
    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public Engine open(Optional<Path> dataDirectory) {
        return DuckEngine.open(dataDirectory);
    }
}
