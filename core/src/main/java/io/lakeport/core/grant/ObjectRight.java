package io.lakeport.core.grant;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.principal.PrincipalName;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A permission on an object of the workspace, such as CAN USE on a warehouse.
 *
 * @param object what kind it is
 * @param id its id in the Permissions API
 * @param level how much
 * @param principal whose
 * @param inherited whether it comes from elsewhere, for example from being an admin
 */
public record ObjectRight(
        PermissionObject object, String id, PermissionLevel level, PrincipalName principal, boolean inherited) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    public ObjectRight {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(principal, "principal");
        // Throws for a level that such an object has not, and names the nearest.
        object.level(level.name());
        if (!ID.matcher(id).matches()) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "'" + id + "' is no id of a " + object.words() + ": letters, digits, '-' and '_' only");
        }
    }

    /** Returns a permission given on the object itself. */
    public static ObjectRight of(PermissionObject object, String id, PermissionLevel level, PrincipalName principal) {
        return new ObjectRight(object, id, level, principal, false);
    }

    @Override
    public String toString() {
        return level.words() + " on " + object.words() + " " + id + " for " + principal;
    }
}
