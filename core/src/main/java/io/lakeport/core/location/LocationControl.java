package io.lakeport.core.location;

import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: storage credentials and external locations of Unity Catalog. Credentials are made by REST only: no SQL does it.
 * Thread-safe; calls block. Methods throw {@link io.lakeport.core.error.LakeportException} as the workspace answered.
 */
public interface LocationControl {
    /** Returns the credentials that the identity may see, by name. */
    List<StorageCredential> credentials(Deadline deadline);

    /** Returns a credential, empty when there is none. */
    Optional<StorageCredential> credential(String name, Deadline deadline);

    /**
     * Creates a credential. It is not validated: the cloud's side cannot trust it before its external id is known.
     *
     * @param readOnly whether it may only read
     */
    StorageCredential createCredential(String name, StorageIdentity identity, boolean readOnly, Deadline deadline);

    /** Returns the external locations that the identity may see, by name. */
    List<ExternalLocation> locations(Deadline deadline);

    /** Returns an external location, empty when there is none. */
    Optional<ExternalLocation> location(String name, Deadline deadline);

    /** Creates an external location as it is described; the owner is whoever signs in. */
    ExternalLocation createLocation(ExternalLocation location, Deadline deadline);

    /** Tries what a credential can do at a URL, or at an external location; the workspace asks the cloud. */
    List<LocationCheck> validate(String credential, LocationUrl url, boolean readOnly, Deadline deadline);
}
