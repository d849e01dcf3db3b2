package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.http.Json;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;

/** The identities of the machine, as Azure gives them to virtual machines and to App Service. Thread-safe. */
public final class ManagedIdentities {
    private static final long LIFETIME_SECONDS = 86_399;

    private final EntraDirectory directory;
    private final Clock clock;
    private final Secret header = Secret.of(UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT));
    private final Set<String> clientIds = new ConcurrentSkipListSet<>();

    ManagedIdentities(EntraDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Gives the machine an identity. */
    public void add(String clientId) {
        clientIds.add(clientId);
    }

    /** Returns what App Service tells its processes in IDENTITY_HEADER. */
    public Secret identityHeader() {
        return header;
    }

    ObjectNode token(Optional<String> clientId, Optional<String> resource, boolean appService)
            throws ProviderRefusal, JsonProcessingException {
        String wanted = resource.orElseThrow(
                () -> new ProviderRefusal(400, "invalid_request", "The parameter resource is missing"));
        String known = EntraDirectory.known(wanted)
                .orElseThrow(() -> new ProviderRefusal(
                        400,
                        "invalid_resource",
                        "AADSTS500011: The resource principal named " + wanted + " was not found in the tenant named "
                                + EntraDirectory.TENANT_ID + "."));
        String id = clientId.or(() -> clientIds.size() == 1 ? clientIds.stream().findFirst() : Optional.empty())
                .filter(clientIds::contains)
                .orElseThrow(() -> new ProviderRefusal(
                        400,
                        "invalid_request",
                        clientIds.size() > 1 && clientId.isEmpty()
                                ? "Multiple user assigned identities exist, please specify the clientId / resourceId"
                                        + " of the identity in the token request"
                                : "Identity not found"));
        long end = clock.instant().getEpochSecond() + LIFETIME_SECONDS;
        ObjectNode answer = Json.object()
                .put("access_token", directory.accessToken(id, id, known))
                .put("client_id", id)
                .put("expires_on", String.valueOf(end))
                .put("resource", wanted)
                .put("token_type", "Bearer");
        // App Service tells when a token ends, and not how long it lives.
        return appService ? answer : answer.put("expires_in", String.valueOf(LIFETIME_SECONDS));
    }
}
