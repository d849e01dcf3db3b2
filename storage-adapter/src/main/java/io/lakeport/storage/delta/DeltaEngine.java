package io.lakeport.storage.delta;

import io.delta.kernel.defaults.engine.DefaultExpressionHandler;
import io.delta.kernel.defaults.engine.DefaultFileSystemClient;
import io.delta.kernel.defaults.engine.DefaultJsonHandler;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.lakeport.core.store.ObjectStore;

/** What Delta Kernel works with: its own handlers over an object store, but for Parquet. Nothing of Hadoop runs. */
final class DeltaEngine implements Engine {
    private final FileIO files;

    DeltaEngine(ObjectStore store) {
        this.files = new LogFiles(store);
    }

    @Override
    public ExpressionHandler getExpressionHandler() {
        return new DefaultExpressionHandler();
    }

    @Override
    public JsonHandler getJsonHandler() {
        return new DefaultJsonHandler(files);
    }

    @Override
    public FileSystemClient getFileSystemClient() {
        return new DefaultFileSystemClient(files);
    }

    @Override
    public ParquetHandler getParquetHandler() {
        return new LogParquet(files);
    }
}
