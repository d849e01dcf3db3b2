package io.lakeport.storage.delta;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.SmallObjects;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;

/** A file of the log, read whole: stores read from the first byte on only, and these files are small. */
final class LogInput implements InputFile {
    private final ObjectStore store;
    private final ObjectKey key;
    private final String path;

    LogInput(ObjectStore store, ObjectKey key, String path) {
        this.store = store;
        this.key = key;
        this.path = path;
    }

    byte[] content() throws FileNotFoundException {
        try {
            return new SmallObjects(store).read(key);
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw new FileNotFoundException(path);
            }
            throw e;
        }
    }

    @Override
    public long length() throws IOException {
        return store.stat(key)
                .orElseThrow(() -> new FileNotFoundException(path))
                .bytes();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Content(content());
    }

    private static final class Content extends SeekableInputStream {
        private final byte[] bytes;
        private int position;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long to) throws IOException {
            if (to < 0 || to > bytes.length) {
                throw new EOFException("position " + to + " of " + bytes.length + " bytes");
            }
            position = (int) to;
        }

        @Override
        public int read() {
            return position < bytes.length ? bytes[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int at, int most) {
            if (position == bytes.length && most > 0) {
                return -1;
            }
            int count = Math.min(most, bytes.length - position);
            System.arraycopy(bytes, position, target, at, count);
            position += count;
            return count;
        }

        @Override
        public void readFully(byte[] target, int at, int count) throws IOException {
            if (bytes.length - position < count) {
                throw new EOFException(count + " bytes at " + position + " of " + bytes.length);
            }
            System.arraycopy(bytes, position, target, at, count);
            position += count;
        }
    }
}
