package io.lakeport.auth.matrix;

import io.lakeport.auth.Issuer;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Cells of the methods whose credential Databricks gave. */
final class DatabricksCells {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String SUBJECT = "repo:acme/etl";

    private final MatrixWorld world;
    private final Path directory;
    private final List<Cell> cells = new ArrayList<>();

    DatabricksCells(MatrixWorld world, Path directory) {
        this.world = world;
        this.directory = directory;
    }

    List<Cell> all() {
        pat();
        m2m();
        federation();
        users();
        return cells;
    }

    private void add(String method, String what, String expected, Callable<SignedIn> ours, Callable<String> sdk) {
        cells.add(new Cell(method, what, expected, ours, Optional.of(sdk)));
    }

    private void add(String method, String what, String expected, Callable<SignedIn> ours) {
        cells.add(new Cell(method, what, expected, ours, Optional.empty()));
    }

    private TokenSource pat(Secret token, Optional<Instant> end) {
        return world.open(new IdentitySettings(
                "pat", end.map(at -> Map.of("expires_at", at.toString())).orElse(Map.of()), Map.of("token", token)));
    }

    private Callable<String> sdkPat(Secret token) {
        return () -> world.sdk("pat", config -> config.setToken(token.reveal()));
    }

    private void pat() {
        Principal owner = world.robot();
        Secret good = world.world.identities().addToken(owner, DAY);
        add("pat", "good", Cell.OK, () -> world.check(pat(good, Optional.empty())), sdkPat(good));
        Secret old = world.world.identities().addToken(world.robot(), Duration.ofSeconds(-1));
        add(
                "pat",
                "expired, end configured",
                "TOKEN_EXPIRED",
                () -> world.check(pat(old, Optional.of(Instant.now().minusSeconds(1)))),
                sdkPat(old));
        add("pat", "expired, end not known", "TOKEN_REJECTED", () -> world.check(pat(old, Optional.empty())));
        Secret revoked = world.world.identities().addToken(world.robot(), DAY);
        world.world.identities().revokeToken(revoked);
        add(
                "pat",
                "revoked, end configured",
                "TOKEN_REVOKED",
                () -> world.check(pat(revoked, Optional.of(Instant.now().plus(DAY)))),
                sdkPat(revoked));
        add("pat", "revoked, end not known", "TOKEN_REJECTED", () -> world.check(pat(revoked, Optional.empty())));
        Principal stranger = world.robot();
        Secret strangers = world.world.identities().addToken(stranger, DAY);
        world.world.identities().unassign(stranger);
        add(
                "pat",
                "owner not in the workspace",
                "NOT_IN_WORKSPACE",
                () -> world.check(pat(strangers, Optional.empty())),
                sdkPat(strangers));
        add(
                "pat",
                "address denied",
                "ADDRESS_DENIED",
                () -> world.denied(pat(good, Optional.empty())),
                () -> world.sdkDenied(sdkPat(good)));
        add(
                "pat",
                "pasted with a line break",
                "INVALID_CONFIGURATION",
                () -> world.check(pat(Secret.of(good.reveal() + "\n"), Optional.empty())));
    }

    private TokenSource m2m(String id, Secret secret, Map<String, String> more, Clock clock) {
        Map<String, String> properties = new HashMap<>(Map.of("client_id", id));
        properties.putAll(more);
        return world.open(new IdentitySettings("oauth-m2m", properties, Map.of("client_secret", secret)), clock);
    }

    private TokenSource m2m(Principal robot, Secret secret) {
        return m2m(robot.applicationId(), secret, Map.of(), world.clock);
    }

    private Callable<String> sdkM2m(String id, Secret secret) {
        return () -> world.sdk("oauth-m2m", config -> config.setClientId(id).setClientSecret(secret.reveal()));
    }

    private void m2m() {
        Principal robot = world.robot();
        String id = robot.applicationId();
        Secret good = world.world.identities().addSecret(robot, DAY);
        add("oauth-m2m", "good", Cell.OK, () -> world.check(m2m(robot, good)), sdkM2m(id, good));
        Map<String, String> account =
                Map.of("account_id", WorkspaceIdentity.ACCOUNT_ID, "accounts_host", world.world.url());
        add("oauth-m2m", "good, at the account", Cell.OK, () -> world.check(m2m(id, good, account, world.clock)));
        Map<String, String> sql = Map.of("scope", "sql");
        add("oauth-m2m", "good, scope sql", Cell.OK, () -> world.check(m2m(id, good, sql, world.clock)));
        Principal late = world.robot();
        Secret old = world.world.identities().addSecret(late, Duration.ofSeconds(-1));
        add(
                "oauth-m2m",
                "secret expired",
                "EXPIRED_SECRET",
                () -> world.check(m2m(late, old)),
                sdkM2m(late.applicationId(), old));
        Secret wrong = Secret.of("dose0123456789abcdef0123456789abcdef");
        add("oauth-m2m", "secret deleted", "WRONG_SECRET", () -> world.check(m2m(robot, wrong)), sdkM2m(id, wrong));
        String nobody = UUID.randomUUID().toString();
        add(
                "oauth-m2m",
                "unknown client",
                "WRONG_CLIENT_ID",
                () -> world.check(m2m(nobody, good, Map.of(), world.clock)),
                sdkM2m(nobody, good));
        m2mOfTheWorkspace(robot, good);
    }

    private void m2mOfTheWorkspace(Principal robot, Secret good) {
        String id = robot.applicationId();
        Principal revoked = world.robot();
        Secret revokeds = world.world.identities().addSecret(revoked, DAY);
        add(
                "oauth-m2m",
                "token revoked",
                "TOKEN_REVOKED",
                () -> world.checkAfter(
                        m2m(revoked, revokeds), () -> world.world.identities().revokeOAuthTokens(revoked)));
        Principal stranger = world.robot();
        Secret strangers = world.world.identities().addSecret(stranger, DAY);
        world.world.identities().unassign(stranger);
        add(
                "oauth-m2m",
                "not in the workspace",
                "NOT_IN_WORKSPACE",
                () -> world.check(m2m(stranger, strangers)),
                sdkM2m(stranger.applicationId(), strangers));
        Principal gone = world.robot();
        Secret gones = world.world.identities().addSecret(gone, DAY);
        world.world.identities().setActive(gone, false);
        add(
                "oauth-m2m",
                "deactivated",
                "IDENTITY_INACTIVE",
                () -> world.check(m2m(gone, gones)),
                sdkM2m(gone.applicationId(), gones));
        add(
                "oauth-m2m",
                "address denied",
                "ADDRESS_DENIED",
                () -> world.denied(m2m(robot, good)),
                () -> world.sdkDenied(sdkM2m(id, good)));
        for (int hours : new int[] {2, -2}) {
            Clock off = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
            add(
                    "oauth-m2m",
                    "clock " + (hours > 0 ? "+" : "") + hours + " h",
                    Cell.OK,
                    () -> world.check(m2m(id, good, Map.of(), off), off));
        }
        add(
                "oauth-m2m",
                "wrong scope",
                "WRONG_SCOPE",
                () -> world.check(m2m(id, good, Map.of("scope", "sql offline_access"), world.clock)));
        add(
                "oauth-m2m",
                "secret with a space",
                "INVALID_CONFIGURATION",
                () -> world.check(m2m(robot, Secret.of(" " + good.reveal()))));
    }

    private TokenSource federated(String id, Secret token) {
        return world.open(new IdentitySettings("oidc-federation", Map.of("client_id", id), Map.of("id_token", token)));
    }

    private Secret token(String subject, String audience, Issuer from, Duration life) {
        return from.token(
                subject,
                audience,
                claims -> claims.expirationTime(Date.from(Instant.now().plus(life))));
    }

    private void federation() {
        Principal robot = world.federated(SUBJECT);
        Duration life = Duration.ofMinutes(10);
        Secret good = token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, world.issuer, life);
        federation("good", Cell.OK, robot, good);
        federation(
                "id token expired",
                "TOKEN_EXPIRED",
                robot,
                token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, world.issuer, Duration.ofSeconds(-5)));
        federation("wrong audience", "WRONG_AUDIENCE", robot, token(SUBJECT, "other", world.issuer, life));
        federation(
                "another subject",
                "FEDERATION_MISMATCH",
                robot,
                token("repo:evil/etl", WorkspaceIdentity.ACCOUNT_ID, world.issuer, life));
        federation(
                "forged",
                "FEDERATION_MISMATCH",
                robot,
                token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, new Issuer(), life));
        add(
                "oidc-federation",
                "unknown client",
                "WRONG_CLIENT_ID",
                () -> world.check(federated(UUID.randomUUID().toString(), good)));
        Principal stranger = world.federated(SUBJECT);
        world.world.identities().unassign(stranger);
        federation("not in the workspace", "NOT_IN_WORKSPACE", stranger, good);
        add(
                "oidc-federation",
                "address denied",
                "ADDRESS_DENIED",
                () -> world.denied(federated(robot.applicationId(), good)),
                () -> world.sdkDenied(() -> world.sdkFile(directory, robot, good)));
    }

    private void federation(String what, String expected, Principal robot, Secret token) {
        add(
                "oidc-federation",
                what,
                expected,
                () -> world.check(federated(robot.applicationId(), token)),
                () -> world.sdkFile(directory, robot, token));
    }

    private void users() {
        Principal jane = world.person();
        add("oauth-u2m", "good", Cell.OK, () -> world.check(world.signedIn(jane)), () -> world.sdkConsent(jane));
        add("oauth-u2m", "no user named", "USER_NOT_NAMED", () -> world.check(world.open(world.u2m())));
        add("oauth-u2m", "user not signed in", "USER_NOT_SIGNED_IN", () -> world.check(world.open(world.person())));
        Principal revoked = world.person();
        add(
                "oauth-u2m",
                "token revoked",
                "TOKEN_REVOKED",
                () -> world.checkAfter(
                        world.signedIn(revoked), () -> world.world.identities().revokeOAuthTokens(revoked)));
        Principal gone = world.person();
        add(
                "oauth-u2m",
                "user deactivated",
                "TOKEN_REVOKED",
                () -> world.checkAfter(
                        world.signedIn(gone), () -> world.world.identities().setActive(gone, false)));
        Principal stranger = world.person();
        add(
                "oauth-u2m",
                "user not in the workspace",
                "NOT_IN_WORKSPACE",
                () -> {
                    TokenSource tokens = world.signedIn(stranger);
                    world.world.identities().unassign(stranger);
                    return world.check(tokens);
                },
                () -> world.sdkConsent(stranger));
        add("oauth-u2m", "address denied", "ADDRESS_DENIED", () -> {
            TokenSource tokens = world.signedIn(jane);
            return world.denied(deadline -> tokens.token(deadline));
        });
    }

    /** Comes last: the clock of the workspace goes on by days. */
    Cell refreshExpired() {
        return new Cell(
                "oauth-u2m",
                "refresh token expired",
                "TOKEN_EXPIRED",
                () -> {
                    TokenSource tokens = world.signedIn(world.person());
                    world.clock.advance(Duration.ofDays(8));
                    return world.check(tokens);
                },
                Optional.empty());
    }
}
