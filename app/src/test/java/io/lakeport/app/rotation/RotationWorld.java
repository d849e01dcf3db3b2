package io.lakeport.app.rotation;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.rotation.RotationPolicy;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.secret.SealedSecret;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.localworkspace.auth.ClientSecret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A workspace whose tenant {@code acme} signs in as a service principal with a secret from the vault, and whose tenant
 * {@code admin} is an administrator there. Each test has a principal and a state of its own.
 */
final class RotationWorld implements AutoCloseable {
    static final TenantId ACME = TenantId.of("acme");
    static final String NAME = "databricks/client-secret";
    static final String SECRETS = "/api/2.0/accounts/servicePrincipals/*/credentials/secrets";
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** At once and without waiting; the old secret is Lakeport's to delete. */
    static final RotationPolicy AT_ONCE = RotationPolicy.standard()
            .withOverlap(Duration.ZERO)
            .withSettle(Duration.ZERO)
            .withLease(Duration.ofSeconds(30))
            .withAdopt(true);

    private final LocalWorkspace workspace;

    RotationWorld(Duration tokens) {
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(), WorkspaceOptions.defaults().withTokenLifetime(tokens));
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    /** Begins a customer with one secret, which ends after that long and is sealed. */
    Customer customer(Path folder, String state, Duration life) throws IOException {
        Principal principal = workspace.identities().addServicePrincipal("acme");
        Path config = Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {
                  "acme": {"host": "%1$s", "warehouse_id": "%2$s", "auth": {"method": "oauth-m2m",
                    "properties": {"client_id": "%3$s"}, "secrets": {"client_secret": "${vault:%4$s}"}}},
                  "admin": {"host": "%1$s", "warehouse_id": "%2$s", "auth": {"method": "pat",
                    "secrets": {"token": "%5$s"}}}
                },
                "state": %6$s,
                "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}}
                """.formatted(
                        workspace.connection().httpUrl(),
                        workspace.connection().warehouseId(),
                        principal.applicationId(),
                        NAME,
                        workspace.connection().token().reveal(),
                        state));
        Customer customer = new Customer(principal, config);
        Secret first = workspace.identities().addSecret(principal, life);
        try (Lakeport lakeport = customer.open()) {
            lakeport.vault()
                    .seal(
                            ACME,
                            NAME,
                            first,
                            Optional.of(customer.secrets().get(0).endsAt()));
        }
        return customer;
    }

    Customer customer(Path folder) throws IOException {
        return customer(
                folder, "{\"provider\": \"embedded\", \"properties\": {\"file\": \"state.db\"}}", Duration.ofDays(90));
    }

    @Override
    public void close() {
        workspace.close();
    }

    /** A service principal, and the configuration of the hosts that sign in as it. */
    final class Customer {
        private final Principal principal;
        private final Path config;

        Customer(Principal principal, Path config) {
            this.principal = principal;
            this.config = config;
        }

        Principal principal() {
            return principal;
        }

        Path config() {
            return config;
        }

        Lakeport open() {
            return open(Clock.systemUTC());
        }

        Lakeport open(Clock clock) {
            return Lakeport.builder()
                    .config(ConfigFile.load(config))
                    .clock(clock)
                    .build();
        }

        /** Returns what Databricks has, oldest first. */
        List<ClientSecret> secrets() {
            return workspace.identities().secrets().of(principal.id());
        }

        List<String> ids() {
            return secrets().stream().map(ClientSecret::id).toList();
        }

        RotationReport rotate(Lakeport lakeport, RotationPolicy policy, RotationRequest request) {
            return lakeport.secrets().rotate("acme", Optional.of("admin"), policy, request, TIMEOUT);
        }

        RotationReport rotate(Lakeport lakeport) {
            return rotate(lakeport, AT_ONCE, RotationRequest.atOnce());
        }

        static List<String> sealed(Lakeport lakeport) {
            return lakeport.vault().list(ACME).stream()
                    .map(SealedSecret::reference)
                    .map(Object::toString)
                    .toList();
        }
    }
}
