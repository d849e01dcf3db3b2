package io.lakeport.core.rotation;

import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.tenant.TenantId;
import java.util.Objects;

/**
 * Which secret is rotated.
 *
 * @param tenant whose it is
 * @param secret under which name the vault keeps it
 * @param applicationId client id of the service principal that signs in with it
 */
public record RotationSubject(TenantId tenant, String secret, String applicationId) {
    public RotationSubject {
        Objects.requireNonNull(tenant, "tenant");
        SecretReference.requireName(secret);
        SecretReference.requireName(staging(secret));
        Objects.requireNonNull(applicationId, "applicationId");
    }

    /** Under which name a secret is sealed until it has been tried. */
    String staging() {
        return staging(secret);
    }

    private static String staging(String name) {
        return "rotation/" + name;
    }

    @Override
    public String toString() {
        return "secret '" + secret + "' of tenant '" + tenant + "'";
    }
}
