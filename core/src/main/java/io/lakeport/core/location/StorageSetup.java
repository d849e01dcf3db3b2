package io.lakeport.core.location;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Use case: a storage credential, an external location that uses it, and a trial of both. What is there already and is
 * the same is left as it is, so it can be run again, for example after the cloud's side has come to trust the credential.
 * Thread-safe.
 */
public final class StorageSetup {
    private final LocationControl locations;

    /** Creates it over a port that it does not close. */
    public StorageSetup(LocationControl locations) {
        this.locations = Objects.requireNonNull(locations, "locations");
    }

    /**
     * What came of it.
     *
     * @param credential the credential, with what the cloud's side has to trust
     * @param credentialCreated whether it was not there before
     * @param location the external location
     * @param locationCreated whether it was not there before
     * @param checks what the workspace tried with them at the URL
     */
    public record Result(
            StorageCredential credential,
            boolean credentialCreated,
            ExternalLocation location,
            boolean locationCreated,
            List<LocationCheck> checks) {
        public Result {
            checks = List.copyOf(checks);
        }

        /** Returns whether every check passed or was left out. */
        public boolean isUsable() {
            return checks.stream().noneMatch(LocationCheck::failed);
        }
    }

    /**
     * Creates what is missing and tries it.
     *
     * @param identity for a credential that is not there yet; empty when it must be there
     * @param wanted the location; its credential is named there
     * @throws LakeportException CONFLICT when something else is there by one of the names; NOT_FOUND when there is no
     *     such credential and no identity to make it of; INVALID_REQUEST when the credential cannot reach the URL
     */
    public Result run(Optional<StorageIdentity> identity, ExternalLocation wanted, Deadline deadline) {
        Optional<StorageCredential> known = locations.credential(wanted.credential(), deadline);
        String kind = known.map(StorageCredential::kind)
                .or(() -> identity.map(StorageIdentity::member))
                .orElseThrow(() -> new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        "there is no storage credential '" + wanted.credential() + "'; say as whom it reaches the"
                                + " storage, and it is created"));
        if (!wanted.url().isReachedBy(kind)) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "a credential of the kind " + kind + " cannot reach " + wanted.url()
                            + "; use a credential of the cloud that the URL is of");
        }
        known.ifPresent(credential -> identity.ifPresent(asked -> requireSame(credential, asked)));
        Optional<ExternalLocation> there = locations.location(wanted.name(), deadline);
        there.ifPresent(location -> requireSame(location, wanted));
        StorageCredential credential = known.isPresent()
                ? known.get()
                : locations.createCredential(wanted.credential(), identity.orElseThrow(), wanted.readOnly(), deadline);
        ExternalLocation location = there.isPresent() ? there.get() : locations.createLocation(wanted, deadline);
        List<LocationCheck> checks = locations.validate(wanted.credential(), wanted.url(), wanted.readOnly(), deadline);
        return new Result(credential, known.isEmpty(), location, there.isEmpty(), checks);
    }

    private static void requireSame(StorageCredential there, StorageIdentity asked) {
        String identity = asked.shown();
        boolean same = there.kind().equals(asked.member())
                && there.identity().map(identity::equalsIgnoreCase).orElse(true);
        if (!same) {
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    "storage credential '" + there.name() + "' is there already and is "
                            + there.identity().orElse(there.kind()) + ", not " + identity + "; choose another name");
        }
    }

    private static void requireSame(ExternalLocation there, ExternalLocation wanted) {
        boolean same = there.url().equals(wanted.url())
                && there.credential().equalsIgnoreCase(wanted.credential())
                && there.readOnly() == wanted.readOnly();
        if (!same) {
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    "external location '" + there.name() + "' is there already: " + there.url() + " by credential '"
                            + there.credential() + "'" + (there.readOnly() ? ", read-only" : "")
                            + "; choose another name, or change it there");
        }
    }
}
