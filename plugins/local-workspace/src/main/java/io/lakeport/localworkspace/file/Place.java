package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.FileError.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path with the store that holds it. What it fails with is a {@link FileError}.
 *
 * @param path the path
 * @param storage where it is
 * @param key what it is called there
 */
public record Place(FilePath path, Storage storage, String key) {
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (FileAlreadyExistsException e) {
            throw new FileError(Reason.ALREADY_EXISTS, path.written(), "The file being created already exists.", e);
        } catch (NoSuchFileException e) {
            throw notFound();
        } catch (AccessDeniedException e) {
            throw new FileError(Reason.DENIED, path.written(), "Access to " + path.written() + " is refused", e);
        } catch (NotDirectoryException e) {
            throw new FileError(
                    Reason.NOT_DIRECTORY, path.written(), "A part of the path is a file: " + path.written(), e);
        } catch (IOException e) {
            throw new FileError(Reason.UNAVAILABLE, path.written(), "Cannot use " + path.written() + ": " + e, e);
        }
    }

    private FileError notFound() {
        return new FileError(Reason.NOT_FOUND, path.written(), "Path does not exist: " + path.written());
    }

    /** Returns the file or directory. */
    public Optional<FileEntry> find() {
        return run(() -> storage.stat(key));
    }

    /** Returns the file; fails when there is none, or a directory. */
    public FileEntry file() {
        FileEntry entry = find().orElseThrow(this::notFound);
        if (entry.directory()) {
            throw new FileError(Reason.IS_DIRECTORY, path.written(), "The path is a directory: " + path.written());
        }
        return entry;
    }

    /** Returns what the directory holds; fails when there is none, or a file. */
    public List<FileEntry> list() {
        if (!find().orElseThrow(this::notFound).directory()) {
            throw new FileError(Reason.NOT_DIRECTORY, path.written(), "The path is a file: " + path.written());
        }
        return run(() -> storage.list(key));
    }

    /** Returns all files below the directory, those of deeper ones included, by their paths. */
    public List<Found> walk() {
        List<Found> found = new ArrayList<>();
        walk(this, found);
        return found;
    }

    private static void walk(Place at, List<Found> found) {
        for (FileEntry entry : at.list()) {
            Place child = at.child(entry.name());
            if (entry.directory()) {
                walk(child, found);
            } else {
                found.add(new Found(child, entry));
            }
        }
    }

    /**
     * The right of one statement at a time to load files into a table.
     *
     * @param granted whether nobody else has it for any of them
     * @param release gives it back
     */
    public record Claim(boolean granted, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /** A file of a listing. */
    public record Found(Place place, FileEntry entry) {}

    /** Returns a place in this directory. */
    public Place child(String name) {
        return new Place(path.child(name), storage, key.isEmpty() ? name : key + "/" + name);
    }

    /** Opens part of the file. */
    public InputStream read(long offset, long length) {
        return run(() -> storage.read(key, offset, length));
    }

    /** Writes the file. */
    public void write(InputStream content, boolean overwrite) {
        run(() -> {
            storage.write(key, content, overwrite);
            return key;
        });
    }

    /** Makes the directory and those above it. */
    public void makeDirectory() {
        if (find().filter(e -> !e.directory()).isPresent()) {
            throw new FileError(Reason.ALREADY_EXISTS, path.written(), "A file of this name exists already.");
        }
        run(() -> {
            storage.makeDirectory(key);
            return key;
        });
    }

    /** Deletes the file, or the directory with all that it holds. */
    public void delete() {
        run(() -> {
            storage.delete(key);
            return key;
        });
    }

    /** Moves the file or directory to a free place of the same store. */
    public void moveTo(Place target) {
        if (target.find().isPresent()) {
            throw new FileError(
                    Reason.ALREADY_EXISTS,
                    target.path.written(),
                    "A file or directory already exists at the input path " + target.path.written());
        }
        run(() -> {
            storage.move(key, target.key);
            return key;
        });
    }

    /** Returns a local file with the content, which must not be changed. */
    public Path onDisk() {
        return run(() -> storage.onDisk(key));
    }
}
