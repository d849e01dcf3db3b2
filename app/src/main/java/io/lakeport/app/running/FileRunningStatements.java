package io.lakeport.app.running;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RunningStatement;
import io.lakeport.core.query.RunningStatements;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running statements in a directory, one file for each user of it, named for its process: no two processes write one file, and a
 * process that has nothing running has none. Thread-safe.
 */
public final class FileRunningStatements implements RunningStatements {
    private static final Logger LOG = LoggerFactory.getLogger(FileRunningStatements.class);
    private static final String LOCK = "reaper.lock";
    private static final AtomicInteger INSTANCES = new AtomicInteger();

    private final Path directory;
    private final RunningFile own;

    /** Keeps the statements of this process in a directory, which is made when the first of them begins. */
    public FileRunningStatements(Path directory) {
        this(directory, Owner.self());
    }

    FileRunningStatements(Path directory, Owner owner) {
        this.directory = directory;
        this.own = new RunningFile(directory.resolve(owner.fileName(INSTANCES.incrementAndGet())));
    }

    /** A disk that is full must not stop queries: the statement is then only not ended when this process dies. */
    @Override
    public synchronized void begin(RunningStatement statement) {
        try {
            Files.createDirectories(directory);
            own.begin(statement);
        } catch (IOException e) {
            LOG.warn("statement with tag {} is not remembered in {}", statement.tag(), directory, e);
        }
    }

    @Override
    public synchronized void end(String tag) {
        try {
            own.end(tag);
        } catch (IOException e) {
            LOG.warn("the end of the statement with tag {} is not remembered in {}", tag, directory, e);
        }
    }

    @Override
    public void orphans(Predicate<RunningStatement> settled) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                for (Path file : filesOfTheDead()) {
                    settle(file, settled);
                }
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("another thread of this process looks after the orphans in {}", directory);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_WRITABLE,
                    "the statements of dead processes in " + directory + " cannot be looked after: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public List<RunningStatement> of(TenantId tenant) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<RunningStatement> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(FileRunningStatements::isOfAProcess).toList()) {
                RunningFile.read(file).values().stream()
                        .filter(statement -> statement.tenant().equals(tenant))
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INTERNAL,
                    "the running statements of tenant '" + tenant + "' cannot be read in " + directory,
                    e);
        }
        found.sort(Comparator.comparing(RunningStatement::begun));
        return found;
    }

    private static boolean isOfAProcess(Path file) {
        return Owner.parse(String.valueOf(file.getFileName())).isPresent();
    }

    private List<Path> filesOfTheDead() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(FileRunningStatements::isOfTheDead).sorted().toList();
        }
    }

    private static boolean isOfTheDead(Path file) {
        return Owner.parse(String.valueOf(file.getFileName()))
                .filter(Owner::isDead)
                .isPresent();
    }

    private static void settle(Path file, Predicate<RunningStatement> settled) throws IOException {
        Map<String, RunningStatement> running = RunningFile.read(file);
        boolean all = true;
        for (RunningStatement orphan : running.values()) {
            if (settled.test(orphan)) {
                Files.write(file, RunningLine.end(orphan.tag()), StandardOpenOption.APPEND);
            } else {
                all = false;
            }
        }
        if (all) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        // Each line is on the disk when it is written, and no file is held open.
    }
}
