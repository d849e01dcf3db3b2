package io.lakeport.localworkspace.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A directory of the local disk. Symbolic links in it are not followed, so that nothing leads outside. */
final class DiskStorage implements Storage {
    /** What is being written has such a name until it is whole. */
    private static final String UNFINISHED = ".~lakeport-";

    private final Path root;
    private final boolean encoded;

    /**
     * Uses a directory.
     *
     * @param root directory, created when missing
     * @param encoded whether names are encoded there; a directory that others fill has them as they are
     */
    DiskStorage(Path root, boolean encoded) throws IOException {
        Files.createDirectories(root);
        this.root = root.toRealPath();
        this.encoded = encoded;
    }

    @Override
    public Optional<FileEntry> stat(String key) throws IOException {
        Path path = resolve(key);
        try {
            return Optional.of(entry(path, attributes(path)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains("Not a directory")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private FileEntry entry(Path path, BasicFileAttributes attributes) {
        String name = path.equals(root) ? "" : name(path);
        return new FileEntry(
                name,
                attributes.isDirectory(),
                attributes.isDirectory() ? 0 : attributes.size(),
                attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS));
    }

    private String name(Path path) {
        String name = path.getFileName().toString();
        return encoded ? DiskNames.decode(name) : name;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<FileEntry> list(String key) throws IOException {
        Path directory = resolve(key);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(p -> !p.getFileName().toString().startsWith(UNFINISHED))
                    .flatMap(p -> known(p).stream())
                    .sorted(Comparator.comparing(FileEntry::name))
                    .toList();
        }
    }

    /** Returns a child; nothing for a link, and for one that is gone by now. */
    private Optional<FileEntry> known(Path path) {
        try {
            BasicFileAttributes attributes = attributes(path);
            boolean ordinary = attributes.isDirectory() || attributes.isRegularFile();
            return ordinary ? Optional.of(entry(path, attributes)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream read(String key, long offset, long length) throws IOException {
        FileChannel channel = FileChannel.open(onDisk(key), StandardOpenOption.READ);
        return new BoundedStream(Channels.newInputStream(channel.position(offset)), length);
    }

    @Override
    public void write(String key, InputStream content, boolean overwrite) throws IOException {
        Path target = resolve(key);
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(key, null, "a directory has this name");
        }
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(key);
        }
        createParents(target);
        Path next = target.resolveSibling(UNFINISHED + UUID.randomUUID());
        try {
            try (OutputStream out = Files.newOutputStream(next, StandardOpenOption.CREATE_NEW)) {
                content.transferTo(out);
            }
            publish(next, target, overwrite);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static void publish(Path next, Path target, boolean overwrite) throws IOException {
        if (overwrite) {
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            // A second name is given only when it is free, in one step; a move would have to look first.
            Files.createLink(target, next);
        }
    }

    private static void createParents(Path target) throws IOException {
        try {
            Files.createDirectories(target.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
    }

    @Override
    public void makeDirectory(String key) throws IOException {
        Files.createDirectories(resolve(key));
    }

    @Override
    public void delete(String key) throws IOException {
        Path path = resolve(key);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(root)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        Path target = resolve(to);
        createParents(target);
        Files.move(resolve(from), target);
    }

    @Override
    public Path onDisk(String key) throws IOException {
        Path path = resolve(key);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(key);
        }
        return path;
    }

    private Path resolve(String key) throws IOException {
        Path at = root;
        for (String part : key.isEmpty() ? new String[0] : key.split("/")) {
            try {
                at = at.resolve(encoded ? DiskNames.encode(part) : part);
            } catch (InvalidPathException e) {
                throw new NoSuchFileException(key, null, "the local disk takes no such name");
            }
            if (Files.isSymbolicLink(at)) {
                throw new AccessDeniedException(key, null, "symbolic links are not followed");
            }
        }
        if (!at.normalize().startsWith(root)) {
            throw new AccessDeniedException(key, null, "the path leads outside");
        }
        return at;
    }
}
