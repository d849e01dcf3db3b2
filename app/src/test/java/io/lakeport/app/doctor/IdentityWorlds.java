package io.lakeport.app.doctor;

import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.RetryAfter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Credentials, identities and their way into the workspace. */
final class IdentityWorlds {
    private static final String NOBODY = "00000000-1111-2222-3333-444444444444";

    private IdentityWorlds() {}

    static List<World> all() {
        World.Atlas atlas = new World.Atlas();
        credentials(atlas);
        secrets(atlas);
        personalTokens(atlas);
        entitlements(atlas);
        assignment(atlas);
        addresses(atlas);
        return atlas.worlds();
    }

    private static void credentials(World.Atlas atlas) {
        atlas.broken("client id of nobody", "CLIENT_ID_WRONG", s -> s.signInByOAuth(NOBODY, "dose" + "0".repeat(32)))
                .broken(
                        "display name in place of the client id",
                        "CLIENT_ID_WRONG",
                        s -> s.auth().withObject("/properties").put("client_id", "tenant-of-acme"))
                .broken("secret of another principal", "SECRET_WRONG", s -> {
                    Principal other = s.workspace.identities().addServicePrincipal("other " + s.number);
                    Secret secret = s.workspace.identities().addSecret(other, Duration.ofDays(1));
                    s.signInByOAuth(s.principal.applicationId(), secret.reveal());
                })
                .broken(
                        "personal token in place of the secret",
                        "SECRET_WRONG",
                        s -> s.signInByOAuth(s.principal.applicationId(), "dapi" + "a".repeat(32)))
                .broken(
                        "secret pasted with a space inside",
                        "CREDENTIAL_MALFORMED",
                        s -> s.signInByOAuth(s.principal.applicationId(), "dose 0123456789abcdef"))
                .broken(
                        "client id pasted with a line break",
                        "CREDENTIAL_MALFORMED",
                        s -> s.auth().withObject("/properties").put("client_id", s.principal.applicationId() + "\n"))
                .broken(
                        "scope that does not exist",
                        "SCOPE_WRONG",
                        s -> s.auth().withObject("/properties").put("scope", "everything"))
                .broken(
                        "scopes that open no warehouse",
                        "SCOPE_WRONG",
                        s -> s.auth().withObject("/properties").put("scope", "files"))
                .broken(
                        "token endpoint limits requests",
                        "RATE_LIMITED",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.request("POST", "/oidc/v1/token"))
                                .answer(429, RetryAfter.seconds(1)))
                .broken(
                        "token endpoint under maintenance",
                        "WORKSPACE_UNAVAILABLE",
                        s -> s.workspace
                                .faults()
                                .when(FaultMatch.request("POST", "/oidc/v1/token"))
                                .answer(503));
    }

    private static void secrets(World.Atlas atlas) {
        atlas.broken(
                        "secret reached its end date",
                        "SECRET_EXPIRED",
                        s -> s.workspace.identities().expireSecrets(s.principal))
                .broken("stops after an hour: secret expired while a token lives", "SECRET_EXPIRED", s -> {
                    s.keepRunning();
                    s.running.tenant("acme").signIn(Duration.ofSeconds(10));
                    s.workspace.identities().expireSecrets(s.principal);
                })
                .broken("stops after an hour: secret deleted while a token lives", "SECRET_WRONG", s -> {
                    s.keepRunning();
                    s.running.tenant("acme").signIn(Duration.ofSeconds(10));
                    s.workspace
                            .identities()
                            .secrets()
                            .of(s.principal.id())
                            .forEach(
                                    secret -> s.workspace.identities().secrets().remove(s.principal.id(), secret.id()));
                })
                .broken(
                        "service principal deactivated",
                        "IDENTITY_INACTIVE",
                        s -> s.workspace.identities().setActive(s.principal, false))
                .broken("service principal deactivated while a token lives", "IDENTITY_INACTIVE", s -> {
                    s.keepRunning();
                    s.running.tenant("acme").signIn(Duration.ofSeconds(10));
                    s.workspace.identities().setActive(s.principal, false);
                })
                .broken(
                        "service principal deleted",
                        "CLIENT_ID_WRONG",
                        s -> s.workspace.identities().remove(s.principal.id()));
    }

    private static void personalTokens(World.Atlas atlas) {
        atlas.broken("personal token expired", "TOKEN_REJECTED", s -> {
                    s.signInByToken(s.workspace.identities().addToken(s.principal, Duration.ofDays(1)));
                    s.workspace.identities().expireTokens(s.principal);
                })
                .broken("personal token expired, as configured", "TOKEN_EXPIRED", s -> {
                    s.signInByToken(s.workspace.identities().addToken(s.principal, Duration.ofDays(1)));
                    s.auth().putObject("properties").put("expires_at", "2020-01-31");
                    s.workspace.identities().expireTokens(s.principal);
                })
                .broken("personal token revoked", "TOKEN_REJECTED", s -> {
                    Secret token = s.workspace.identities().addToken(s.principal, Duration.ofDays(1));
                    s.signInByToken(token);
                    s.workspace.identities().revokeToken(token);
                })
                .broken("personal token of somebody who left", "TOKEN_REJECTED", s -> {
                    Principal person = s.workspace.identities().addUser("left" + s.number + "@example.com");
                    s.signInByToken(s.workspace.identities().addToken(person, Duration.ofDays(1)));
                    s.workspace.identities().setActive(person, false);
                })
                .broken(
                        "OAuth secret in place of a personal token",
                        "CREDENTIAL_MALFORMED",
                        s -> s.signInByToken(Secret.of("dose" + "0".repeat(32))))
                .broken(
                        "token with the word Bearer before it",
                        "CREDENTIAL_MALFORMED",
                        s -> s.signInByToken(Secret.of("Bearer dapi" + "0".repeat(32))))
                .broken("personal tokens switched off by the workspace", "TOKEN_REJECTED", s -> {
                    s.signInByToken(s.workspace.identities().addToken(s.principal, Duration.ofDays(1)));
                    tokens(s, false);
                    s.after(() -> tokens(s, true));
                })
                .healthy("personal token of a person", "PERSONAL_TOKEN_OF_A_PERSON", s -> {
                    Principal person = s.workspace.identities().addUser("jane" + s.number + "@example.com");
                    s.signInByToken(s.workspace.identities().addToken(person, Duration.ofDays(1)));
                })
                .healthy("personal token that ends in nine days", "CREDENTIAL_ENDS_SOON", s -> {
                    s.signInByToken(s.workspace.identities().addToken(s.principal, Duration.ofDays(9)));
                    s.auth()
                            .putObject("properties")
                            .put(
                                    "expires_at",
                                    Instant.now().plus(Duration.ofDays(9)).toString());
                })
                .healthy("secret that ends in nine days", "CREDENTIAL_ENDS_SOON", s -> {
                    onlySecret(s, Duration.ofDays(9));
                    s.workspace.identities().makeAdmin(s.principal, false);
                })
                .healthy(
                        "end of the secret that the identity may not ask for",
                        "",
                        s -> onlySecret(s, Duration.ofDays(9)))
                .healthy("per-user connection without a user", "USER_NOT_NAMED", s -> {
                    s.tenant.putObject("auth").put("method", "pat").put("credentials", "per_user");
                })
                .healthy("secret in a file with a line break at its end", "", s -> {
                    Path file = s.folder.resolve(s.number + ".secret");
                    Files.writeString(
                            file, s.auth().at("/secrets/client_secret").asText() + "\n");
                    s.auth().withObject("/secrets").put("client_secret", "${file:" + file + "}");
                });
    }

    private static void onlySecret(Scene s, Duration life) {
        deleteSecrets(s);
        s.signInByOAuth(
                s.principal.applicationId(),
                s.workspace.identities().addSecret(s.principal, life).reveal());
    }

    private static void deleteSecrets(Scene s) {
        s.workspace
                .identities()
                .secrets()
                .of(s.principal.id())
                .forEach(secret -> s.workspace.identities().secrets().remove(s.principal.id(), secret.id()));
    }

    private static void tokens(Scene s, boolean on) {
        s.workspace.ipAccess().settings().set(java.util.Map.of("enableTokensConfig", String.valueOf(on)));
    }

    private static void entitlements(World.Atlas atlas) {
        atlas.fixable(
                        "entitlement 'Databricks SQL access' lacks",
                        "SQL_ACCESS_MISSING",
                        s -> everybodyHas(s, Set.of("workspace-access")))
                .fixable("no entitlement at all", "WORKSPACE_ACCESS_MISSING", s -> everybodyHas(s, Set.of()))
                .healthy(
                        "entitlement 'Databricks SQL access' and no other",
                        "",
                        s -> everybodyHas(s, Set.of("databricks-sql-access")));
    }

    /** What everybody in the workspace has comes from the group 'users'. */
    private static void everybodyHas(Scene s, Set<String> entitlements) {
        Directory directory = s.workspace.identities().directory();
        DirectoryEntry users =
                directory.find(PrincipalKind.GROUP, Directory.USERS).orElseThrow();
        directory.update(
                users.id(),
                entry -> entry.toBuilder().entitlements(entitlements).build());
        s.after(() -> directory.update(
                users.id(),
                entry -> entry.toBuilder().entitlements(users.entitlements()).build()));
    }

    private static void assignment(World.Atlas atlas) {
        atlas.fixable(
                        "not assigned to the workspace",
                        "NOT_IN_WORKSPACE",
                        s -> s.workspace.identities().unassign(s.principal))
                .broken("person with a token, not assigned to the workspace", "NOT_IN_WORKSPACE", s -> {
                    Principal person = s.workspace.identities().addUser("out" + s.number + "@example.com");
                    s.signInByToken(s.workspace.identities().addToken(person, Duration.ofDays(1)));
                    s.workspace.identities().unassign(person);
                });
    }

    private static void addresses(World.Atlas atlas) {
        atlas.fixable("allow list without this address", "ADDRESS_DENIED", s -> {
                    s.workspace.ipAccess().workspace().add("office", "ALLOW", List.of("127.0.0.2"), 0);
                    enforce(s);
                })
                .broken("block list with this address", "ADDRESS_DENIED", s -> {
                    s.workspace.ipAccess().workspace().add("blocked", "BLOCK", List.of("127.0.0.1"), 0);
                    enforce(s);
                })
                .broken("personal token from an address that is not allowed", "ADDRESS_DENIED", s -> {
                    s.signInByToken(s.workspace.identities().addToken(s.principal, Duration.ofDays(1)));
                    s.workspace.ipAccess().workspace().add("office", "ALLOW", List.of("127.0.0.2"), 0);
                    enforce(s);
                })
                .healthy("allow list with this address", "", s -> {
                    s.workspace.ipAccess().workspace().add("office", "ALLOW", List.of("127.0.0.0/8"), 0);
                    enforce(s);
                });
    }

    private static void enforce(Scene s) {
        s.workspace.ipAccess().settings().set(java.util.Map.of("enableIpAccessLists", "true"));
    }
}
