package io.lakeport.storage.file;

import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the files that are objects, while others come and go. Links are none, and so are names that are no keys. */
final class KeyFiles extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path staging;
    private final Consumer<ObjectInfo> found;

    KeyFiles(Path root, Path staging, Consumer<ObjectInfo> found) {
        this.root = root;
        this.staging = staging;
        this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(staging) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String separator = file.getFileSystem().getSeparator();
        String key = root.relativize(file).toString().replace(separator, "/");
        if (attributes.isRegularFile() && isKey(key)) {
            found.accept(new ObjectInfo(ObjectKey.of(key), attributes.size(), ""));
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isKey(String text) {
        try {
            return !ObjectKey.of(text).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        return goOnWithoutIt(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
        return e == null ? FileVisitResult.CONTINUE : goOnWithoutIt(e);
    }

    private static FileVisitResult goOnWithoutIt(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
