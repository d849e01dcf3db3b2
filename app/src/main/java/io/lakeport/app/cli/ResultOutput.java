package io.lakeport.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Standard output that remembers why it could not be written: a {@link PrintStream} alone says only that it failed. */
final class ResultOutput extends PrintStream {
    private final Sink sink;

    ResultOutput(OutputStream out) {
        this(new Sink(out));
    }

    private ResultOutput(Sink sink) {
        super(sink, false, StandardCharsets.UTF_8);
        this.sink = sink;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(sink.failure);
    }

    private static final class Sink extends FilterOutputStream {
        private volatile @org.jspecify.annotations.Nullable IOException failure;

        Sink(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
