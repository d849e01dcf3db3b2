package io.lakeport.auth.matrix;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.cloud.CloudIdentities;
import io.lakeport.localworkspace.cloud.EntraDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Cells of the methods whose credential a cloud, or the host itself, gave. */
final class CloudCells {
    private static final Duration DAY = Duration.ofDays(1);

    private final MatrixWorld world;
    private final CloudIdentities clouds;
    private final Certificates certificate;
    private final Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    private final List<Cell> cells = new ArrayList<>();

    CloudCells(MatrixWorld world, Path directory) {
        this.world = world;
        this.clouds = world.world.identities().clouds();
        this.certificate = Certificates.make(directory);
    }

    List<Cell> all() {
        entraSecret();
        entraCertificate();
        machines();
        google();
        hosts();
        return cells;
    }

    private void add(String method, String what, String expected, Callable<SignedIn> ours) {
        cells.add(new Cell(method, what, expected, ours, Optional.empty()));
    }

    private Principal app() {
        Principal robot = world.robot();
        clouds.entra().addApp(robot.applicationId());
        return robot;
    }

    private Map<String, String> entra(String id, String directory) {
        return Map.of("client_id", id, "tenant_id", directory, "authority_host", world.world.url() + "/entra");
    }

    private TokenSource secret(String id, String directory, Secret secret) {
        return world.open(
                new IdentitySettings("azure-client-secret", entra(id, directory), Map.of("client_secret", secret)));
    }

    private void entraSecret() {
        String method = "azure-client-secret";
        String home = EntraDirectory.TENANT_ID;
        Principal robot = app();
        String id = robot.applicationId();
        Secret good = clouds.entra().addSecret(id, DAY);
        add(method, "good", Cell.OK, () -> world.check(secret(id, home, good)));
        Secret old = clouds.entra().addSecret(id, Duration.ofSeconds(-1));
        add(method, "secret expired", "EXPIRED_SECRET", () -> world.check(secret(id, home, old)));
        add(method, "secret deleted", "WRONG_SECRET", () -> world.check(secret(id, home, Secret.of("abc8Q~wrong"))));
        String nobody = UUID.randomUUID().toString();
        add(method, "unknown client", "WRONG_CLIENT_ID", () -> world.check(secret(nobody, home, good)));
        add(method, "another directory", "UNKNOWN_DIRECTORY", () -> world.check(secret(id, nobody, good)));
        Principal stranger = app();
        Secret strangers = clouds.entra().addSecret(stranger.applicationId(), DAY);
        world.world.identities().unassign(stranger);
        add(
                method,
                "not in the workspace",
                "NOT_IN_WORKSPACE",
                () -> world.check(secret(stranger.applicationId(), home, strangers)));
        clouds.entra().addApp(nobody + "-app");
        Secret unknown = clouds.entra().addSecret(nobody + "-app", DAY);
        add(method, "never added", "NOT_IN_WORKSPACE", () -> world.check(secret(nobody + "-app", home, unknown)));
        add(method, "address denied", "ADDRESS_DENIED", () -> world.denied(secret(id, home, good)));
        add(method, "clock +2 h", Cell.OK, () -> world.check(secret(id, home, good), ahead));
    }

    private TokenSource certificate(String id, Secret pem, Clock clock) {
        return world.open(
                new IdentitySettings(
                        "azure-client-certificate", entra(id, EntraDirectory.TENANT_ID), Map.of("certificate", pem)),
                clock);
    }

    private void entraCertificate() {
        String method = "azure-client-certificate";
        String id = app().applicationId();
        clouds.entra().addCertificate(id, certificate.keySet());
        add(method, "good", Cell.OK, () -> world.check(certificate(id, certificate.pem(), world.clock)));
        String without = app().applicationId();
        add(
                method,
                "not registered",
                "WRONG_SECRET",
                () -> world.check(certificate(without, certificate.pem(), world.clock)));
        add(method, "clock +2 h", "CLOCK_SKEW", () -> world.check(certificate(id, certificate.pem(), ahead)));
        add(
                method,
                "key alone",
                "INVALID_CONFIGURATION",
                () -> world.check(certificate(id, certificate.keyPem(), world.clock)));
    }

    private TokenSource machine(Map<String, String> more, Optional<Secret> header) {
        String path = header.isPresent() ? "/msi/token" : "/metadata/identity/oauth2/token";
        Map<String, String> properties = new HashMap<>(Map.of("endpoint", world.world.url() + path));
        properties.putAll(more);
        return world.open(new IdentitySettings(
                "azure-msi",
                properties,
                header.map(h -> Map.of("identity_header", h)).orElse(Map.of())));
    }

    private void machines() {
        String method = "azure-msi";
        add(method, "no identity", "NO_MANAGED_IDENTITY", () -> world.check(machine(Map.of(), Optional.empty())));
        Principal robot = world.robot();
        Map<String, String> named = Map.of("client_id", robot.applicationId());
        add(method, "good, virtual machine", Cell.OK, () -> {
            clouds.managed().add(robot.applicationId());
            return world.check(machine(Map.of(), Optional.empty()));
        });
        Optional<Secret> header = Optional.of(clouds.managed().identityHeader());
        add(method, "good, App Service", Cell.OK, () -> world.check(machine(named, header)));
        add(
                method,
                "wrong identity header",
                "WRONG_SECRET",
                () -> world.check(machine(named, Optional.of(Secret.of("stale")))));
        add(
                method,
                "another identity",
                "NO_MANAGED_IDENTITY",
                () -> world.check(machine(Map.of("client_id", UUID.randomUUID().toString()), Optional.empty())));
        add(method, "address denied", "ADDRESS_DENIED", () -> world.denied(machine(named, header)));
    }

    private Secret key(String email, Certificates with) {
        return Secret.of(new ObjectMapper()
                .createObjectNode()
                .put("type", "service_account")
                .put("client_email", email)
                .put("private_key_id", "key-1")
                .put("private_key", with.keyPem().reveal())
                .put("token_uri", world.world.url() + "/google/token")
                .toString());
    }

    private TokenSource google(Secret key, Map<String, String> properties, Clock clock) {
        return world.open(
                new IdentitySettings("google-credentials", properties, Map.of("service_account_key", key)), clock);
    }

    private void google() {
        String method = "google-credentials";
        String email = world.world
                .identities()
                .addUser("robot@acme.iam.gserviceaccount.com")
                .name();
        clouds.google().add(email, certificate.keySet());
        Secret good = key(email, certificate);
        add(method, "good", Cell.OK, () -> world.check(google(good, Map.of(), world.clock)));
        add(
                method,
                "good, access token beside",
                Cell.OK,
                () -> world.check(google(good, Map.of("access_token", "true"), world.clock)));
        add(
                method,
                "wrong audience",
                "WRONG_AUDIENCE",
                () -> world.check(google(good, Map.of("audience", "https://other.gcp.databricks.com"), world.clock)));
        add(
                method,
                "account deleted",
                "WRONG_CLIENT_ID",
                () -> world.check(
                        google(key("gone@acme.iam.gserviceaccount.com", certificate), Map.of(), world.clock)));
        String rotated = "rotated@acme.iam.gserviceaccount.com";
        clouds.google().add(rotated, world.issuer.keySet());
        add(
                method,
                "key deleted",
                "WRONG_SECRET",
                () -> world.check(google(key(rotated, certificate), Map.of(), world.clock)));
        String stranger = "stranger@acme.iam.gserviceaccount.com";
        clouds.google().add(stranger, certificate.keySet());
        add(
                method,
                "never added",
                "NOT_IN_WORKSPACE",
                () -> world.check(google(key(stranger, certificate), Map.of(), world.clock)));
        add(method, "address denied", "ADDRESS_DENIED", () -> world.denied(google(good, Map.of(), world.clock)));
        add(method, "clock +2 h", "CLOCK_SKEW", () -> world.check(google(good, Map.of(), ahead)));
    }

    private static TokenSource given(Secret token) {
        return deadline -> new AccessToken(token, Instant.now(), Optional.empty());
    }

    private void hosts() {
        String method = "host's own";
        Principal robot = world.robot();
        Secret secret = world.world.identities().addSecret(robot, DAY);
        TokenSource good = world.open(IdentitySettings.oauthM2m(robot.applicationId(), secret));
        add(method, "good", Cell.OK, () -> world.check(deadline -> good.token(deadline)));
        add(
                method,
                "token of a foreign issuer",
                "WRONG_AUDIENCE",
                () -> world.check(given(world.issuer.token("x", "y", claims -> {}))));
        add(
                method,
                "forged in our name",
                "TOKEN_REVOKED",
                () -> world.check(
                        given(world.issuer.token("x", "y", claims -> claims.issuer(world.world.url() + "/oidc")))));
        add(
                method,
                "expired",
                "TOKEN_EXPIRED",
                () -> world.check(given(world.issuer.token(
                        "x",
                        "y",
                        claims -> claims.issuer(world.world.url() + "/oidc")
                                .expirationTime(
                                        java.util.Date.from(Instant.now().minusSeconds(60)))))));
    }
}
