package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.Optional;

/** The right to create something at a place in cloud storage. */
final class Locations {
    private Locations() {}

    /** Fails unless an external location covers the URL, and the privilege is held on it. */
    static void requireCreate(SessionCatalog visible, Governance governance, Privilege privilege, String url) {
        Optional<SecurableInfo> location = governance.storage().locationOf(url);
        if (location.isEmpty()) {
            throw SqlErrors.of(
                    "NO_PARENT_EXTERNAL_LOCATION_FOR_PATH",
                    "42704",
                    "No parent external location was found for path '" + url
                            + "'. Please create an external location on one of the parent paths and then retry the query"
                            + " or command again.");
        }
        visible.require(privilege, location.get().securable());
    }
}
