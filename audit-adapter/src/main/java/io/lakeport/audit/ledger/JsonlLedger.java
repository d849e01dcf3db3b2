package io.lakeport.audit.ledger;

import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A durable ledger: a recorded entry survives the end of the process and of the machine. */
final class JsonlLedger implements StatementLedger {
    private static final Logger LOG = LoggerFactory.getLogger(JsonlLedger.class);

    /** A JVM may not lock a file twice, so ledgers on one directory share these. */
    private static final Object[] MONITORS = monitors();

    private final Path directory;
    private final long rotateAt;

    private JsonlLedger(Path directory, long rotateAt) {
        this.directory = directory;
        this.rotateAt = rotateAt;
    }

    private static Object[] monitors() {
        Object[] monitors = new Object[64];
        java.util.Arrays.setAll(monitors, i -> new Object());
        return monitors;
    }

    static JsonlLedger open(Path directory, long rotateAt) {
        try {
            Path real = Files.createDirectories(directory).toRealPath();
            if (!Files.isWritable(real)) {
                throw notWritable(directory, null);
            }
            return new JsonlLedger(real, rotateAt);
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    private static LakeportException notWritable(Path directory, @org.jspecify.annotations.Nullable IOException cause) {
        return new LakeportException(
                CoreError.TARGET_NOT_WRITABLE,
                "the ledger's directory " + directory + " cannot be written; give a directory that this process may"
                        + " create files in",
                cause);
    }

    @Override
    public void record(LedgerEntry entry) {
        Objects.requireNonNull(entry, "entry");
        synchronized (monitor(entry.tenant())) {
            try {
                new TenantFiles(directory, entry.tenant(), rotateAt).append(EntryJson.line(entry));
            } catch (IOException e) {
                // The statement has run already; failing its caller would not bring the entry back.
                LOG.error(
                        "The ledger in {} lost the entry of a statement of tenant '{}' with tag {}; free disk space and"
                                + " look it up in the query history by that tag",
                        directory,
                        entry.tenant(),
                        entry.tag(),
                        e);
            }
        }
    }

    @Override
    public List<LedgerEntry> newest(TenantId tenant, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit " + limit + " is not positive");
        }
        try {
            return new TenantFiles(directory, tenant, rotateAt).newest(limit);
        } catch (IOException e) {
            throw new LakeportException(
                            CoreError.INTERNAL,
                            "the ledger of tenant '" + tenant + "' cannot be read in " + directory,
                            e)
                    .with("tenant", tenant.value());
        }
    }

    @Override
    public long remove(TenantId tenant, Instant before) {
        synchronized (monitor(tenant)) {
            try {
                return new TenantFiles(directory, tenant, rotateAt).remove(before);
            } catch (IOException e) {
                throw new LakeportException(
                                CoreError.INTERNAL,
                                "entries of tenant '" + tenant + "' could not be removed from the ledger in "
                                        + directory + "; free disk space and try again",
                                e)
                        .with("tenant", tenant.value());
            }
        }
    }

    private Object monitor(TenantId tenant) {
        return MONITORS[Math.floorMod(Objects.hash(directory, tenant), MONITORS.length)];
    }

    /** Does nothing: every entry was forced to the disk when it was recorded. */
    @Override
    public void close() {}
}
