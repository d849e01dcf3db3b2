package io.lakeport.storage.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.SmallObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;

/** A file of the log, written in one step. */
final class LogOutput implements OutputFile {
    private final ObjectStore store;
    private final ObjectKey key;
    private final String path;

    LogOutput(ObjectStore store, ObjectKey key, String path) {
        this.store = store;
        this.key = key;
        this.path = path;
    }

    @Override
    public String path() {
        return path;
    }

    /** A table is safe only because two commits of one version cannot both succeed here. */
    void write(byte[] content, CreateMode mode) throws FileAlreadyExistsException {
        try {
            new SmallObjects(store).write(key, content, mode);
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_EXISTS)) {
                throw (FileAlreadyExistsException) new FileAlreadyExistsException(path).initCause(e);
            }
            throw e;
        }
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (lines) {
            while (lines.hasNext()) {
                content.write(lines.next().getBytes(StandardCharsets.UTF_8));
                content.write('\n');
            }
        }
        write(content.toByteArray(), LogFiles.mode(overwrite));
    }

    @Override
    public PositionOutputStream create(boolean overwrite) {
        return new Collected(LogFiles.mode(overwrite));
    }

    /** Becomes visible when it is closed. */
    private final class Collected extends PositionOutputStream {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final CreateMode mode;
        private boolean closed;

        Collected(CreateMode mode) {
            this.mode = mode;
        }

        @Override
        public long getPos() {
            return content.size();
        }

        @Override
        public void write(int b) {
            content.write(b);
        }

        @Override
        public void write(byte[] bytes, int at, int count) {
            content.write(bytes, at, count);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                LogOutput.this.write(content.toByteArray(), mode);
            }
        }
    }
}
