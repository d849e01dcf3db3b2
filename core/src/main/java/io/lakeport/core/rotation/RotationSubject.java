package io.lakeport.core.rotation;

import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.tenant.TenantId;
import java.util.Objects;

/**
 * Which secret is rotated.
 *
 * @param tenant whose it is
 * @param name under which the vault keeps it
 * @param applicationId client id of the service principal that signs in with it
 */
public record RotationSubject(TenantId tenant, String name, String applicationId) {
    public RotationSubject {
        Objects.requireNonNull(tenant, "tenant");
        SecretReference.requireName(name);
        SecretReference.requireName(staging(name));
        Objects.requireNonNull(applicationId, "applicationId");
    }

    /** Under which name a secret is sealed until it has been tried. */
    String staging() {
        return staging(name);
    }

    private static String staging(String name) {
        return "rotation/" + name;
    }

    @Override
    public String toString() {
        return "secret '" + name + "' of tenant '" + tenant + "'";
    }
}
