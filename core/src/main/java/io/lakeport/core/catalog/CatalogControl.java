package io.lakeport.core.catalog;

import io.lakeport.core.grant.Securable;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: what Unity Catalog shows to the signed-in identity. Thread-safe; calls block. Methods throw {@link
 * io.lakeport.core.error.LakeportException} as the workspace answered.
 */
public interface CatalogControl {
    /** Returns the metastore of the workspace; empty when none is attached, so that there is no Unity Catalog. */
    Optional<Metastore> metastore(Deadline deadline);

    /** Looks for a catalog, schema, table or volume, external location or storage credential. */
    Presence look(Securable securable, Deadline deadline);

    /**
     * Returns the names of what lies in an object: catalogs of the metastore, schemas of a catalog, tables and views of
     * a schema; as far as the identity may see them.
     */
    List<String> names(Securable parent, Deadline deadline);

    /** Returns the schemas of the catalog {@code system} and whether each is enabled. */
    List<SystemSchema> systemSchemas(Metastore metastore, Deadline deadline);

    /** Enables a schema of the catalog {@code system}; one that is enabled already changes nothing. */
    void enableSystemSchema(Metastore metastore, String schema, Deadline deadline);
}
