package io.lakeport.localworkspace.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A tree of files. Keys are names joined by slashes, without one at either end; the empty key is the root. Thread-safe.
 *
 * <p>A file that is being written is seen as a whole or not at all. Names have any characters but the slash.
 */
public interface Storage {
    /** Returns the file or directory of a key. */
    Optional<FileEntry> stat(String key) throws IOException;

    /** Returns what a directory holds, by name; nothing when there is none. */
    List<FileEntry> list(String key) throws IOException;

    /**
     * Opens part of a file.
     *
     * @param offset first byte, from 0
     * @param length most bytes
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    InputStream read(String key, long offset, long length) throws IOException;

    /**
     * Writes a file, and the directories above it.
     *
     * @param overwrite whether one that is there is replaced
     * @throws java.nio.file.FileAlreadyExistsException when one is there and is to stay; nothing has changed then
     */
    void write(String key, InputStream content, boolean overwrite) throws IOException;

    /** Makes a directory and those above it; one that is there stays. */
    void makeDirectory(String key) throws IOException;

    /** Deletes a file, or a directory with all that it holds; nothing when there is none. */
    void delete(String key) throws IOException;

    /** Moves a file or directory to a key that is free. */
    void move(String from, String to) throws IOException;

    /**
     * Returns a file of the local disk with this content, for programs that read nothing else. Not to be written.
     *
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    Path onDisk(String key) throws IOException;
}
