package io.lakeport.localworkspace.server;

import io.lakeport.localworkspace.engine.CatalogContents;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine that is being filled while the workspace opens its ports; a session opens when that has ended. Thread-safe.
 */
final class SampledEngine implements Engine {
    private final Engine engine;
    private final CompletableFuture<Void> filled;

    SampledEngine(Engine engine, Consumer<Engine> fill) {
        this.engine = engine;
        this.filled = CompletableFuture.runAsync(() -> fill.accept(engine));
    }

    @Override
    public EngineSession openSession(SessionSettings settings) {
        awaitFilled();
        return engine.openSession(settings);
    }

    @Override
    public CatalogContents contents() {
        awaitFilled();
        return engine.contents();
    }

    private void awaitFilled() {
        try {
            filled.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void useFiles(FileSpace files) {
        engine.useFiles(files);
    }

    @Override
    public void govern(Governance governance) {
        engine.govern(governance);
    }

    @Override
    public void load(String table, Path file) {
        engine.load(table, file);
    }

    @Override
    public void replaceSystemTable(
            String threeLevelName, List<EngineColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
        engine.replaceSystemTable(threeLevelName, columns, rows);
    }

    @Override
    public void refreshSystemTable(
            String threeLevelName,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> past,
            List<? extends List<? extends @Nullable Object>> recent) {
        engine.refreshSystemTable(threeLevelName, columns, past, recent);
    }

    @Override
    public String defaultCatalog() {
        return engine.defaultCatalog();
    }

    @Override
    public String defaultSchema() {
        return engine.defaultSchema();
    }

    @Override
    public void close() {
        // Whoever opened a session has been told of a failure; here only the end of the filling matters.
        filled.handle((done, failure) -> engine).join().close();
    }
}
