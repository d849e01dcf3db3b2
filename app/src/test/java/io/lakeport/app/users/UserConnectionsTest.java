package io.lakeport.app.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.auth.user.SignInStart;
import io.lakeport.core.auth.user.UserConnection;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host application with users: the facade, a configuration, and the local workspace. */
@Tag("workspace-inside")
class UserConnectionsTest {
    private static final URI REDIRECT = URI.create("https://host.example.com/callback");
    private static final UserId JANE = UserId.of("Jane Doe");
    private static final UserId JOHN = UserId.of("john");

    private static LocalWorkspace workspace;
    private static Principal jane;
    private static Path config;
    private static Lakeport lakeport;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        workspace = LocalWorkspace.start();
        jane = workspace.identities().addUser("jane@example.com");
        ObjectNode app =
                new ObjectMapper().createObjectNode().put("name", "host").put("confidential", true);
        app.putArray("redirect_urls").add(REDIRECT.toString());
        List.of("all-apis", "offline_access").forEach(app.putArray("scopes")::add);
        Secret secret = workspace.identities().apps().add(app).orElseThrow();
        Files.writeString(folder.resolve("app.secret"), secret.reveal());
        Path file = Files.writeString(folder.resolve("lakeport.json"), """
                {"tenants": {
                  "browser": {"host": "%1$s", "warehouse_id": "%2$s", "auth": {"method": "oauth-u2m",
                    "properties": {"client_id": "%3$s"}, "secrets": {"client_secret": "${file:app.secret}"}}},
                  "entered": {"host": "%1$s", "warehouse_id": "%2$s",
                    "auth": {"method": "pat", "credentials": "per_user"}},
                  "hosts": {"host": "%1$s", "warehouse_id": "%2$s", "auth": {"method": "vendor-vault"}},
                  "shared": {"host": "%1$s", "warehouse_id": "%2$s",
                    "auth": {"method": "pat", "secrets": {"token": "dapi0123"}}}
                },
                "state": {"provider": "embedded", "properties": {"file": "state.db"}},
                "vault": {"keys": "file", "properties": {"path": "master.key", "create": "true"}}}
                """.formatted(
                        workspace.connection().httpUrl(),
                        workspace.connection().warehouseId(),
                        app.path("client_id").asText()));
        config = file;
        lakeport = open();
    }

    private static Lakeport open() {
        return Lakeport.builder()
                .config(ConfigFile.load(config))
                .authMethod(new VendorVault())
                .build();
    }

    @AfterAll
    static void stop() {
        lakeport.close();
        workspace.close();
    }

    /** A vendor's own way to a token, given in code. */
    private static final class VendorVault implements TokenSourceProvider {
        @Override
        public String method() {
            return "vendor-vault";
        }

        @Override
        public TokenSource open(TokenSourceContext context) {
            return deadline -> new AccessToken(workspace.connection().token(), Instant.now(), Optional.empty());
        }
    }

    @Test
    @Tag("DK-09")
    @Tag("DK-11")
    @Tag("DK-13")
    @Tag("DK-14")
    @Tag("DK-16")
    @Tag("DK-25")
    void user_signsInByBrowserAndEntersAToken_seesTriesUsesAndRevokesThem() throws IOException {
        assertThat(lakeport.users().of(JANE))
                .extracting(c -> c.tenant() + " " + c.byBrowser() + " " + c.state())
                .containsExactly("browser true NOT_SIGNED_IN", "entered false NOT_SIGNED_IN");

        Map<String, String> back = browse(lakeport.users().start(TenantId.of("browser"), JANE, REDIRECT));
        assertThat(lakeport.users().callback(JANE, back, soon()).state()).isEqualTo(UserConnection.State.SIGNED_IN);
        assertThat(fails(() -> lakeport.users().callback(JANE, back, soon())).is(SignInError.SIGN_IN_REPLAYED))
                .isTrue();
        assertThat(lakeport.users().test(TenantId.of("browser"), JANE, soon()).name())
                .contains("jane@example.com");
        try (RowCursor rows = lakeport.tenant("browser")
                .asUser(JANE.value())
                .query("SELECT current_user() AS me")
                .rows()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(0)).isEqualTo("jane@example.com");
        }

        Secret token = workspace.identities().addToken(jane, Duration.ofDays(1));
        lakeport.users().enter(TenantId.of("entered"), JANE, Map.of(), Map.of("token", token));
        assertThat(lakeport.tenant("entered")
                        .asUser(JANE.value())
                        .checkSignIn(Duration.ofSeconds(20))
                        .name())
                .contains("jane@example.com");
        assertThat(lakeport.users().of(JANE)).allSatisfy(connection -> {
            assertThat(connection.state()).isEqualTo(UserConnection.State.SIGNED_IN);
            assertThat(connection.obtainedAt()).isPresent();
            assertThat(connection.lastUsedAt()).isPresent();
            assertThat(connection.toString()).doesNotContain(token.reveal());
        });
        assertThat(lakeport.users().of(JOHN))
                .as("nobody sees another's")
                .allSatisfy(connection -> assertThat(connection.state()).isEqualTo(UserConnection.State.NOT_SIGNED_IN));

        assertThat(lakeport.users().revoke(TenantId.of("browser"), JANE, soon()))
                .isTrue();
        assertThat(lakeport.users().revoke(TenantId.of("entered"), JANE, soon()))
                .as("a token that was entered lives on until its owner revokes it")
                .isFalse();
        assertThat(fails(() -> lakeport.tenant("entered").asUser(JANE.value()).checkSignIn(Duration.ofSeconds(20)))
                        .is(SignInError.USER_NOT_SIGNED_IN))
                .isTrue();
    }

    @Test
    void callback_stateOfAnotherUserOrOfNobody_isRefused() throws IOException {
        Map<String, String> back = browse(lakeport.users().start(TenantId.of("browser"), JANE, REDIRECT));

        assertThat(fails(() -> lakeport.users().callback(JOHN, back, soon())).is(SignInError.SIGN_IN_FORGED))
                .isTrue();
        assertThat(fails(() -> lakeport.users().callback(JANE, Map.of("state", "made up", "code", "x"), soon()))
                        .is(SignInError.SIGN_IN_UNKNOWN))
                .isTrue();
    }

    @Test
    @Tag("DK-25")
    void user_signedInBeforeARestart_stillIsAndNothingInTheFilesIsAToken() throws IOException {
        UserId mary = UserId.of("mary");
        Map<String, String> back = browse(lakeport.users().start(TenantId.of("browser"), mary, REDIRECT));
        UserConnection before = lakeport.users().callback(mary, back, soon());
        Secret token = workspace.identities().addToken(jane, Duration.ofDays(1));
        lakeport.users().enter(TenantId.of("entered"), mary, Map.of(), Map.of("token", token));
        lakeport.close();
        lakeport = open();

        assertThat(lakeport.users().of(mary).get(0).obtainedAt()).isEqualTo(before.obtainedAt());
        assertThat(lakeport.tenant("browser")
                        .asUser("mary")
                        .checkSignIn(Duration.ofSeconds(20))
                        .name())
                .contains("jane@example.com");
        try (Stream<Path> files = Files.list(config.getParent())) {
            List<Path> database = files.filter(
                            path -> path.getFileName().toString().startsWith("state"))
                    .toList();
            assertThat(database).isNotEmpty();
            for (Path file : database) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(token.reveal()) || bytes.contains("eyJ") || bytes.contains("doau"))
                        .as("%s", file)
                        .isFalse();
            }
        }
    }

    @Test
    @Tag("DK-12")
    void connection_perUserWithoutAUser_saysSoInsteadOfFailing() {
        for (String tenant : List.of("browser", "entered")) {
            assertThat(fails(() -> lakeport.tenant(tenant).checkSignIn(Duration.ofSeconds(5))))
                    .matches(e -> e.is(SignInError.USER_NOT_NAMED))
                    .hasMessageContaining("nothing is wrong with it");
        }
        assertThat(fails(() -> lakeport.tenant("shared").asUser("jane"))).hasMessageContaining("share its credential");
    }

    @Test
    void enter_whatTheConnectionOwnsOrCannotUse_isRefused() {
        TenantId tenant = TenantId.of("entered");
        Map<String, Secret> good = Map.of("token", Secret.of("dapi0123"));

        assertThat(fails(() -> lakeport.users().enter(tenant, JOHN, Map.of("accounts_host", "https://evil"), good))
                        .is(CoreError.INVALID_ARGUMENT))
                .isTrue();
        LakeportException pasted =
                fails(() -> lakeport.users().enter(tenant, JOHN, Map.of(), Map.of("token", Secret.of("dapi0456\n"))));
        assertThat(pasted).hasMessageContaining("at its end (a line break, character 9 of 9)");
        assertThat(pasted.getMessage()).doesNotContain("dapi0456");
        assertThat(fails(() -> lakeport.users().enter(TenantId.of("browser"), JOHN, Map.of(), good)))
                .hasMessageContaining("sign in by a browser");
        assertThat(fails(() -> lakeport.users().start(tenant, JOHN, REDIRECT)))
                .hasMessageContaining("enter a credential");
    }

    @Test
    @Tag("AK-18")
    void method_givenByTheHostInCode_isOneLikeAnother() {
        assertThat(lakeport.tenant("hosts").checkSignIn(Duration.ofSeconds(20)).servicePrincipal())
                .isTrue();
        assertThat(lakeport.config().toString())
                .doesNotContain(workspace.connection().token().reveal());
    }

    private static Map<String, String> browse(SignInStart start) throws IOException {
        workspace.identities().signInBrowserAs(jane);
        HttpURLConnection page = (HttpURLConnection) start.url().toURL().openConnection();
        page.setInstanceFollowRedirects(false);
        String location = page.getHeaderField("Location");
        Map<String, String> query = new HashMap<>();
        for (String pair : location.substring(location.indexOf('?') + 1).split("&")) {
            String[] both = pair.split("=", 2);
            query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static LakeportException fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(LakeportException.class, call);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
