package io.lakeport.core.state;

import java.util.List;
import java.util.Objects;

/**
 * A store, for people.
 *
 * @param provider by which it was opened, for example {@code embedded}
 * @param place file or URL, without a credential
 * @param engine the database and its version
 * @param version schema version of the database; 0 when it is empty
 * @param known schema version that this Lakeport writes
 * @param tenants how many tenants have documents
 * @param documents how many there are
 * @param bytes of their contents
 * @param leases how many are held now
 * @param users processes or sessions that have it open, this one included, one line each
 */
public record StateStatus(
        String provider,
        String place,
        String engine,
        int version,
        int known,
        long tenants,
        long documents,
        long bytes,
        long leases,
        List<String> users) {
    public StateStatus {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(engine, "engine");
        users = List.copyOf(users);
    }

    /** Returns whether the database must be migrated before it can be used. */
    public boolean mustMigrate() {
        return version < known;
    }
}
