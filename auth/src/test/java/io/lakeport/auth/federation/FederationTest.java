package io.lakeport.auth.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.auth.Contexts;
import io.lakeport.auth.Issuer;
import io.lakeport.auth.SignInWorld;
import io.lakeport.core.auth.IdTokenProvider;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.nio.file.Files;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of another issuer, exchanged at the local workspace under a federation policy. */
class FederationTest {
    private static final Issuer IDP = new Issuer();
    private static final String SUBJECT = "repo:acme/etl";

    private static SignInWorld world;
    private static Principal robot;

    @BeforeAll
    static void start() {
        world = SignInWorld.start();
        robot = world.identities().addServicePrincipal("robot");
        ObjectNode policy = new ObjectMapper().createObjectNode();
        policy.put("policy_id", "ci").put("service_principal_id", robot.id());
        policy.putObject("oidc_policy")
                .put("issuer", Issuer.NAME)
                .put("subject", SUBJECT)
                .put("jwks_json", IDP.keySet());
        world.identities().federation().put(Optional.of(robot.id()), "ci", policy);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.workspace().requests().clear();
    }

    @Test
    @Tag("AK-20")
    void token_fileThatThePlatformReplaces_isReadAnewWithEachExchange(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("token with space");
        Files.writeString(file, good().reveal() + "\n");
        TokenSource source = open(Map.of("id_token_file", file.toString()), Optional.empty());

        assertThat(source.token(soon()).value().reveal().split("\\.")).hasSize(3);
        Files.writeString(file, expired().reveal());
        assertThat(fails(source).is(SignInError.TOKEN_EXPIRED)).isTrue();
        Files.writeString(file, good().reveal());
        assertThat(source.token(soon()).expiresAt().orElseThrow())
                .isAfter(Instant.now().plusSeconds(3_000));
        assertThat(world.workspace().requests().all())
                .hasSize(3)
                .extracting(LoggedRequest::userAgent)
                .allSatisfy(agent -> assertThat(agent).startsWith("Acme_Widget/1.2.3 Lakeport/"));
    }

    @Test
    void token_fromTheHostsOwnCode_isAskedForTheTenantAndAudience() {
        List<String> asked = new ArrayList<>();
        IdTokenProvider host = new IdTokenProvider() {
            @Override
            public String name() {
                return "spire";
            }

            @Override
            public Secret idToken(TenantId tenant, Optional<String> audience, Deadline deadline) {
                asked.add(tenant + " " + audience.orElse("none"));
                return good();
            }
        };
        TokenSourceContext plain = context(Map.of("id_token_provider", "spire", "audience", "lake"), Optional.empty());
        TokenSourceContext context = plain.withIdTokens(Map.of("spire", host));

        assertThat(new FederationTokenSourceProvider()
                        .open(context)
                        .token(soon())
                        .headerValue())
                .startsWith("Bearer ");
        assertThat(asked).containsExactly("acme lake");
        assertThat(catchThrowableOfType(LakeportException.class, () -> new FederationTokenSourceProvider().open(plain)))
                .hasMessageContaining("no id token provider 'spire'");
    }

    @Test
    @Tag("AA-17")
    void token_atTheAccount_isTheAccounts() {
        TokenSource source = open(
                Map.of("account_id", WorkspaceIdentity.ACCOUNT_ID, "accounts_host", world.url()), Optional.of(good()));

        assertThat(source.token(soon()).headerValue()).startsWith("Bearer ");
        assertThat(world.workspace().requests().all())
                .extracting(LoggedRequest::path)
                .containsExactly("/oidc/accounts/" + WorkspaceIdentity.ACCOUNT_ID + "/v1/token");
    }

    @Test
    void token_policyDoesNotFit_saysWhatTheTokenHasAndWhatToChange() {
        assertThat(fails(given(IDP.token("repo:evil/etl", WorkspaceIdentity.ACCOUNT_ID, claims -> {}))))
                .matches(e -> e.is(SignInError.FEDERATION_MISMATCH))
                .hasMessageContaining("subject 'repo:evil/etl'")
                .hasMessageContaining("account admin");
        assertThat(fails(given(IDP.token(SUBJECT, "somebody-else", claims -> {}))))
                .matches(e -> e.is(SignInError.WRONG_AUDIENCE))
                .hasMessageContaining("[somebody-else]");
        assertThat(fails(given(IDP.token(
                        SUBJECT, WorkspaceIdentity.ACCOUNT_ID, claims -> claims.issuer("https://other.example.com")))))
                .matches(e -> e.is(SignInError.FEDERATION_MISMATCH))
                .hasMessageContaining("https://other.example.com");
        assertThat(fails(given(new Issuer().token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, claims -> {}))))
                .as("forged: right claims, signed by a key of somebody else")
                .matches(e -> e.is(SignInError.FEDERATION_MISMATCH));
    }

    @Test
    void token_clocksDiffer_isSkewOnlyWhereTheTokenIsGoodHere() {
        Clock twoHoursBehind = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
        TokenSourceContext behind = context(Map.of(), Optional.of(expired()));
        TokenSource source = new FederationTokenSourceProvider()
                .open(new TokenSourceContext(
                        behind.tenant(),
                        behind.host(),
                        behind.settings(),
                        behind.userAgent(),
                        behind.guard(),
                        twoHoursBehind));

        assertThat(fails(source))
                .matches(e -> e.is(SignInError.CLOCK_SKEW))
                .hasMessageContaining("minutes behind the server's");
        assertThat(fails(given(expired())).is(SignInError.TOKEN_EXPIRED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all_apis", "sql offline_access", "openid", "sql,all-apis"})
    void open_scopeThatTheFlowDoesNotHave_isRefusedWithTheReason(String scope) {
        LakeportException refused =
                catchThrowableOfType(LakeportException.class, () -> open(Map.of("scope", scope), Optional.of(good())));

        assertThat(refused.is(SignInError.WRONG_SCOPE)).isTrue();
        assertThat(refused).hasMessageContaining("'scope'");
    }

    @Test
    void open_noneOrSeveralOrigins_isRefused() {
        assertThat(catchThrowableOfType(LakeportException.class, () -> open(Map.of(), Optional.empty())))
                .hasMessageContaining("none is given");
        assertThat(catchThrowableOfType(
                        LakeportException.class, () -> open(Map.of("id_token_file", "x"), Optional.of(good()))))
                .hasMessageContaining("several are given");
    }

    private static Secret good() {
        return IDP.token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, claims -> {});
    }

    private static Secret expired() {
        Date past = Date.from(Instant.now().minusSeconds(60));
        return IDP.token(SUBJECT, WorkspaceIdentity.ACCOUNT_ID, claims -> claims.expirationTime(past));
    }

    private static TokenSource given(Secret token) {
        return open(Map.of(), Optional.of(token));
    }

    private static TokenSource open(Map<String, String> more, Optional<Secret> token) {
        return new FederationTokenSourceProvider().open(context(more, token));
    }

    private static TokenSourceContext context(Map<String, String> more, Optional<Secret> token) {
        Map<String, String> properties = new HashMap<>(Map.of("client_id", robot.applicationId()));
        properties.putAll(more);
        return Contexts.of(
                world.url(),
                new IdentitySettings(
                        "oidc-federation",
                        properties,
                        token.map(t -> Map.of("id_token", t)).orElse(Map.of())));
    }

    private static LakeportException fails(TokenSource source) {
        return catchThrowableOfType(LakeportException.class, () -> source.token(soon()));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
