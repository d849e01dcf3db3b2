package io.lakeport.storage.file;

import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A process that writes to a directory until it is killed. */
final class HoldsAFile {
    private HoldsAFile() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        ObjectSink sink = new FileObjectStore(root, root.toUri().toString())
                .create(ObjectKey.of("from-another-process"), CreateMode.REPLACE);
        sink.write(ByteBuffer.allocate(10));
        System.out.println("writing");
        if (System.in.read() < 0) {
            throw new IllegalStateException("the test ended and left this process");
        }
    }
}
