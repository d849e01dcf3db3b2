package io.lakeport.core.grant;

import io.lakeport.core.principal.PrincipalName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Ids that calls need, as far as they are known. For the others a call has a placeholder that says what belongs there.
 *
 * @param account id of the account
 * @param workspace numeric id of the workspace
 * @param metastore id of the metastore
 * @param principals SCIM ids
 */
public record KnownIds(
        Optional<String> account,
        Optional<String> workspace,
        Optional<String> metastore,
        Map<PrincipalName, String> principals) {
    /** Nothing is known. */
    public static final KnownIds NONE = new KnownIds(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public KnownIds {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(metastore, "metastore");
        principals = Map.copyOf(principals);
    }

    String accountOr() {
        return account.orElse("<account id>");
    }

    String workspaceOr() {
        return workspace.orElse("<workspace id>");
    }

    String metastoreOr() {
        return metastore.orElse("<metastore id>");
    }

    String idOr(PrincipalName name) {
        return Optional.ofNullable(principals.get(name)).orElse("<SCIM id of " + name + ">");
    }
}
