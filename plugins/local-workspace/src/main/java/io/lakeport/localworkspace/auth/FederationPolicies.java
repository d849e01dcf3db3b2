package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.util.List;
import java.util.Optional;

/** The federation policies of the account and of its service principals, in the API's own form. Thread-safe. */
public final class FederationPolicies {
    private final StoredObjects stored;

    /** Opens the policies that {@code state} remembers. */
    public FederationPolicies(StateFiles state) {
        this.stored = new StoredObjects(state, "federation-policies");
    }

    /** Returns the policies of a service principal, or of the account. */
    public List<ObjectNode> all(Optional<Long> servicePrincipal) {
        return stored.all().stream()
                .filter(policy -> owner(policy).equals(servicePrincipal))
                .toList();
    }

    /** Returns a policy of a service principal, or of the account. */
    public Optional<ObjectNode> find(Optional<Long> servicePrincipal, String id) {
        return stored.find(key(servicePrincipal, id));
    }

    /** Adds or replaces a policy. */
    public void put(Optional<Long> servicePrincipal, String id, ObjectNode policy) {
        stored.put(key(servicePrincipal, id), policy);
    }

    /** Removes a policy and returns whether it was there. */
    public boolean remove(Optional<Long> servicePrincipal, String id) {
        return stored.remove(key(servicePrincipal, id));
    }

    /** Removes the policies of a service principal that is gone. */
    public void removeAll(long servicePrincipal) {
        all(Optional.of(servicePrincipal))
                .forEach(policy -> remove(
                        Optional.of(servicePrincipal), policy.path("policy_id").asText()));
    }

    private static String key(Optional<Long> servicePrincipal, String id) {
        return servicePrincipal.map(String::valueOf).orElse("account") + "/" + id;
    }

    private static Optional<Long> owner(ObjectNode policy) {
        return FederationPolicy.read(policy).servicePrincipalId();
    }

    List<FederationPolicy> of(String issuer, Optional<Long> servicePrincipal) {
        return all(servicePrincipal).stream()
                .map(FederationPolicy::read)
                .filter(policy -> policy.issuer().equals(issuer))
                .toList();
    }
}
