package io.lakeport.audit.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.core.UserAgent;
import io.lakeport.audit.FakeWorkspace;
import io.lakeport.audit.FakeWorkspace.Says;
import io.lakeport.audit.Tenants;
import io.lakeport.audit.workspace.SdkControlPlaneProvider;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdkClientTest {
    private static final Says ROOT = Says.json(200, "{\"object_type\":\"DIRECTORY\",\"path\":\"/\"}");

    @Test
    @Tag("AK-20")
    @Tag("AK-21")
    void call_twoTenantsAndAForeignPartner_eachRequestCarriesItsOwnTenantOnly() throws IOException {
        UserAgent.withPartner("SomebodyElse");
        UserAgent.withProduct("Other_Product", "9.9");
        try (FakeWorkspace host = new FakeWorkspace(asked -> ROOT);
                ControlPlane acme = open(host, "acme", "Acme_Widget/1.2.3", Tenants.tokens("a"));
                ControlPlane bolt = open(host, "bolt", "Bolt_Maker/7", Tenants.tokens("b"))) {
            acme.objectType("/", Tenants.soon());
            bolt.objectType("/", Tenants.soon());

            assertThat(host.asked()).hasSize(2);
            assertThat(host.asked().get(0).userAgents())
                    .singleElement()
                    .asString()
                    .matches("Acme_Widget/1\\.2\\.3 Lakeport/\\S+");
            assertThat(host.asked().get(1).userAgents())
                    .singleElement()
                    .asString()
                    .matches("Bolt_Maker/7 Lakeport/\\S+");
            assertThat(host.asked().get(1).authorization()).isEqualTo("Bearer b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429,RATE_LIMITED,11",
        "500,SERVICE_UNAVAILABLE,",
        "503,SERVICE_UNAVAILABLE,2",
        "504,SERVICE_UNAVAILABLE,"
    })
    @Tag("AA-52")
    void call_workspaceIsBusy_oneRequestAndRetryAfterKept(int status, String code, Long wait) throws IOException {
        Map<String, String> headers = wait == null ? Map.of() : Map.of("Retry-After", wait.toString());
        Says busy = new Says(status, "application/json", "{\"error_code\":\"X\",\"message\":\"busy\"}", headers);
        try (FakeWorkspace host = new FakeWorkspace(asked -> busy)) {
            LakeportException failure = fails(host, Tenants.soon());

            assertThat(failure.code().name()).isEqualTo(code);
            assertThat(failure.retryAfter().map(Duration::toSeconds).orElse(null))
                    .isEqualTo(wait);
            assertThat(host.asked()).as("the guard alone repeats").hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|UNAUTHENTICATED|Credential was not sent or was of an unsupported type|TOKEN_REJECTED",
                "403|403|Invalid access token.|TOKEN_REJECTED",
                "403|PERMISSION_DENIED|You do not have permission|ACCESS_DENIED",
                "403|403|Source IP address: 1.2.3.4 is blocked by Databricks IP ACL for workspace: 1|ACCESS_DENIED",
                "404|RESOURCE_DOES_NOT_EXIST|Path (/x) does not exist.|OBJECT_NOT_FOUND",
                "400|INVALID_PARAMETER_VALUE|bad path|INVALID_ARGUMENT"
            })
    @Tag("DF-42")
    void call_workspaceRefuses_isTranslatedWithItsOwnWords(int status, String name, String text, String code)
            throws IOException {
        Says no = Says.json(status, "{\"error_code\":\"" + name + "\",\"message\":\"" + text + "\"}");
        try (FakeWorkspace host = new FakeWorkspace(asked -> no)) {
            LakeportException failure = fails(host, Tenants.soon());

            assertThat(failure.code().name()).isEqualTo(code);
            assertThat(failure).hasMessageContaining(text).hasMessageContaining("'acme'");
            assertThat(host.asked()).hasSize(1);
        }
    }

    @Test
    @Tag("AK-23")
    void call_tokenWasRevoked_signsInAgainOnce() throws IOException {
        AtomicInteger issued = new AtomicInteger(1);
        TokenSource tokens = new TokenSource() {
            @Override
            public AccessToken token(Deadline deadline) {
                return new AccessToken(Secret.of("t" + issued.get()), Instant.EPOCH, Optional.empty());
            }

            @Override
            public void reject(AccessToken refused) {
                issued.incrementAndGet();
            }
        };
        Function<FakeWorkspace.Asked, Says> answers =
                asked -> asked.authorization().equals("Bearer t2")
                        ? ROOT
                        : Says.json(401, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"expired\"}");
        try (FakeWorkspace host = new FakeWorkspace(answers);
                ControlPlane plane = open(host, "acme", "A_B/1", tokens)) {
            assertThat(plane.objectType("/", Tenants.soon())).isEqualTo("DIRECTORY");
            assertThat(host.asked()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|text/html|<html>Sign in</html>|NOT_A_DATABRICKS_HOST",
                "302|text/plain|x|NOT_A_DATABRICKS_HOST",
                "404|text/html|<html>nginx</html>|NOT_A_DATABRICKS_HOST",
                "200|application/json|{\"object_type\": \"DIR|INTERNAL"
            })
    void call_answerIsNoWorkspaceAnswer_saysSo(int status, String type, String body, String code) throws IOException {
        try (FakeWorkspace host = new FakeWorkspace(asked -> new Says(status, type, body, Map.of()))) {
            assertThat(fails(host, Tenants.soon()).code().name()).isEqualTo(code);
        }
    }

    @Test
    void call_noAnswer_endsAtTheDeadline() throws IOException {
        try (FakeWorkspace host = new FakeWorkspace(asked -> new Says(0, "", "", Map.of()))) {
            assertThat(fails(host, Deadline.after(Duration.ofMillis(300))).is(CoreError.DEADLINE_EXCEEDED))
                    .isTrue();
        }
    }

    @Test
    void call_portRefuses_isUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (ControlPlane plane = new SdkControlPlaneProvider()
                .open(
                        Tenants.tenant("acme", "http://localhost:" + port, "A_B/1", "w1"),
                        Tenants.tokens(Tenants.CANARY),
                        Guard.NONE)) {
            LakeportException failure =
                    catchThrowableOfType(LakeportException.class, () -> plane.objectType("/", Tenants.soon()));

            assertThat(failure.is(CoreError.HOST_UNREACHABLE)).isTrue();
            assertThat(failure).hasMessageContaining("refused the connection");
        }
    }

    @Test
    @Tag("DF-45")
    void call_sdkLogsAtItsFinest_tokenIsNotAmongIt() throws IOException {
        Logger root = Logger.getLogger("");
        Logger sdk = Logger.getLogger("com.databricks");
        StringBuilder seen = new StringBuilder();
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord line) {
                seen.append(line.getMessage()).append('\n');
            }
        };
        handler.setLevel(Level.ALL);
        sdk.setLevel(Level.ALL);
        root.addHandler(handler);
        try (FakeWorkspace host = new FakeWorkspace(asked -> ROOT);
                ControlPlane plane = open(host, "acme", "A_B/1", Tenants.tokens(Tenants.CANARY))) {
            plane.objectType("/", Tenants.soon());
        } finally {
            root.removeHandler(handler);
            sdk.setLevel(null);
        }
        assertThat(seen.toString()).contains("get-status").doesNotContain(Tenants.CANARY);
    }

    private static LakeportException fails(FakeWorkspace host, Deadline deadline) {
        try (ControlPlane plane = open(host, "acme", "A_B/1", Tenants.tokens(Tenants.CANARY))) {
            LakeportException failure =
                    catchThrowableOfType(LakeportException.class, () -> plane.objectType("/", deadline));
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).doesNotContain(Tenants.CANARY);
            assertThat(failure.context()).containsEntry("tenant", "acme");
            return failure;
        }
    }

    private static ControlPlane open(FakeWorkspace host, String id, String product, TokenSource tokens) {
        return new SdkControlPlaneProvider().open(Tenants.tenant(id, host.url(), product, "w1"), tokens, Guard.NONE);
    }
}
