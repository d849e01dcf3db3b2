package io.lakeport.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b.parquet");

    @TempDir
    Path root;

    /** A disk with room for so many bytes. */
    private static final class SmallDisk extends StagedFile {
        private long room;

        SmallDisk(StagedFile file, long room) {
            super(file);
            this.room = room;
        }

        @Override
        void write(ByteBuffer source) throws IOException {
            if (source.remaining() > room) {
                source.limit((int) (source.position() + room));
                super.write(source);
                throw new IOException("No space left on device");
            }
            room -= source.remaining();
            super.write(source);
        }
    }

    private ObjectStore store() {
        return new FileObjectStore(root, root.toUri().toString());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void write_diskFull_namesThePathAndLeavesNothing() throws IOException {
        try (ObjectStore store =
                new FileObjectStore(root, root.toUri().toString(), file -> new SmallDisk(file, 1_000))) {
            ObjectSink sink = store.create(KEY, CreateMode.REPLACE);
            sink.write(ByteBuffer.allocate(900));
            assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(900)))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.TARGET_FULL)).isTrue())
                    .hasMessageContaining(root.resolve(KEY.value()).toString())
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("check free space");
            assertThat(sink.isOpen()).isFalse();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void sweep_whileTheWriterLives_takesNothing_andItsFileOnceItIsKilled() throws Exception {
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsAFile.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("writing");
            try (ObjectStore store = store()) {
                store.create(KEY, CreateMode.REPLACE).close();
                assertThat(store.unfinished()).isEmpty();
                assertThat(files()).hasSize(1);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (ObjectStore store = store()) {
            ObjectSink live = store.create(KEY, CreateMode.REPLACE);
            live.write(ByteBuffer.allocate(3));
            store.unfinished();
            assertThat(files()).as("only the live one's").hasSize(1);
            assertThat(live.commit().bytes()).isEqualTo(3);
        }
        assertThat(files()).containsExactly(root.resolve(KEY.value()));
    }

    @Test
    void keys_thatNoFileCanHave_areRefusedByName() throws IOException {
        try (ObjectStore store = store()) {
            ObjectKey tooLong = ObjectKey.of("x".repeat(300));
            ObjectSink sink = store.create(tooLong, CreateMode.FAIL_IF_EXISTS);
            assertThatThrownBy(sink::commit).hasMessageContaining("length of its name");
            assertThatThrownBy(() -> store.create(ObjectKey.of(".lakeport-staging/x"), CreateMode.REPLACE))
                    .hasMessageContaining("not finished yet");
            Files.createFile(root.resolve("back\\slash"));
            Files.createSymbolicLink(root.resolve("link"), root.resolve("back\\slash"));
            assertThat(store.list("")).isEmpty();
        }
    }
}
