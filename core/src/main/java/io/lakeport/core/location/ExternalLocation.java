package io.lakeport.core.location;

import java.util.Objects;
import java.util.Optional;

/**
 * An external location.
 *
 * @param name its name
 * @param url where it is
 * @param credential name of its storage credential
 * @param readOnly whether nothing may be written there, whatever was granted
 * @param owner who owns it
 */
public record ExternalLocation(
        String name, LocationUrl url, String credential, boolean readOnly, Optional<String> owner) {
    public ExternalLocation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(owner, "owner");
    }

    /** Returns the statement that creates it (Databricks SQL reference, CREATE EXTERNAL LOCATION). */
    public String sql() {
        return "CREATE EXTERNAL LOCATION IF NOT EXISTS "
                + io.lakeport.core.sql.Identifier.of(name).quoted() + " URL '"
                + url.toString().replace("'", "\\'") + "' WITH (STORAGE CREDENTIAL "
                + io.lakeport.core.sql.Identifier.of(credential).quoted() + ")";
    }
}
