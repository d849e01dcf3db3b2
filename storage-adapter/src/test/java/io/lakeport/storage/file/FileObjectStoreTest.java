package io.lakeport.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.testkit.contract.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest implements ObjectStoreContract {
    @TempDir
    Path folder;

    @Override
    public ObjectStore store() {
        Path root = folder.resolve("root with ü");
        return new FileObjectStore(root, root.toUri().toString());
    }

    @Override
    public boolean tellsOfUnfinished() {
        return false;
    }

    @Override
    public ObjectStore surroundings() {
        return new FileObjectStore(folder, folder.toUri().toString());
    }

    @Test
    @Tag("AK-13")
    void create_throughALinkThatLeavesTheRoot_isRefused() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root with ü"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        try (ObjectStore store = store()) {
            assertThatThrownBy(() -> store.create(ObjectKey.of("link/x"), CreateMode.REPLACE))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.OUT_OF_SCOPE)).isTrue());
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void create_rootIsAFile_saysWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (ObjectStore store = new FileObjectStore(file, file.toUri().toString())) {
            assertThatThrownBy(() -> store.create(ObjectKey.of("x"), CreateMode.REPLACE))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.TARGET_NOT_WRITABLE)).isTrue())
                    .hasMessageContaining("create the directory");
        }
    }

    @Test
    void close_afterUse_leavesNoHiddenFiles() {
        try (ObjectStore store = store()) {
            store.create(ObjectKey.of("never"), CreateMode.REPLACE);
        }
        assertThat(folder.resolve("root with ü")).isEmptyDirectory();
    }
}
