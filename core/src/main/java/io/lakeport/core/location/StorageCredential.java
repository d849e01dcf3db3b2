package io.lakeport.core.location;

import java.util.Objects;
import java.util.Optional;

/**
 * A storage credential as Unity Catalog tells of it.
 *
 * @param name its name
 * @param kind member of the API that holds its identity, for example {@code aws_iam_role}
 * @param identity role ARN, application id or access connector, empty when the answer does not tell
 * @param trust what the cloud's side must trust, for example the external id of an AWS role; empty where there is none
 * @param readOnly whether it can only read
 * @param owner who owns it
 */
public record StorageCredential(
        String name,
        String kind,
        Optional<String> identity,
        Optional<String> trust,
        boolean readOnly,
        Optional<String> owner) {
    public StorageCredential {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(owner, "owner");
    }
}
