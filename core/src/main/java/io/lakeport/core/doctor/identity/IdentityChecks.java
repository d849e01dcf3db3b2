package io.lakeport.core.doctor.identity;

import io.lakeport.core.doctor.Check;
import java.util.List;

/** The checks of credential, identity and workspace, in their order. */
public final class IdentityChecks {
    private IdentityChecks() {}

    /** Returns them. */
    public static List<Check> all() {
        return List.of(new TokenCheck(), new SignInCheck(), new SecretEndCheck(), new RestCheck());
    }
}
