package io.lakeport.core.state;

import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Port: what Lakeport remembers beyond a process. Thread-safe; calls block. It holds no secret in clear: secrets are
 * sealed before they come here.
 */
public interface StateStore extends AutoCloseable {
    /** Returns the documents and leases of a tenant; cheap, without a call to the database. */
    StateSpace of(TenantId tenant);

    /** Returns the documents and leases of Lakeport itself, which belong to no tenant. */
    StateSpace host();

    /**
     * Returns tenants that have a document, in the order of their ids.
     *
     * @param after the last of the page before, empty for the first page
     * @param limit most tenants of a page, 1 to 1000
     */
    List<TenantId> tenants(Optional<TenantId> after, int limit);

    /** Returns what the store is, where, and how much it holds. */
    StateStatus status();

    /** Brings the database to the version that this Lakeport knows; returns what it is then. Idempotent. */
    StateStatus migrate();

    /**
     * Writes everything as it stands at one moment to a new file that only this user can read; others may go on
     * writing. Leases are left out: they belong to processes that live now. A backup can be restored to a store of
     * another provider.
     *
     * @throws io.lakeport.core.error.LakeportException CONFLICT (STATE_NOT_EMPTY) when the file is there
     */
    BackupInfo backup(Path file);

    /**
     * Reads a backup into this store, all at once: others see all of it or nothing. Every lease ends.
     *
     * @param replace whether what the store holds may be lost
     * @throws io.lakeport.core.error.LakeportException CONFLICT (STATE_NOT_EMPTY) when the store holds documents and
     *     may not lose them; INTERNAL (STATE_DAMAGED) when the file is not a whole backup, INVALID_REQUEST
     *     (STATE_VERSION) when it is of a newer Lakeport; the store is unchanged then
     */
    BackupInfo restore(Path file, boolean replace);

    @Override
    void close();
}
