package io.lakeport.app.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.Lakeport;
import io.lakeport.app.rotation.RotationWorld.Customer;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.credential.CredentialHealth;
import io.lakeport.core.credential.CredentialState;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The board of all credentials against the local workspace. */
@Tag("workspace-inside")
class CredentialBoardTest {
    private static final Duration MONTH = Duration.ofDays(30);

    private static RotationWorld world;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        world = new RotationWorld(Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static CredentialHealth of(List<CredentialHealth> board, String tenant) {
        return board.stream()
                .filter(one -> one.tenant().value().equals(tenant))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("AK-16")
    @Tag("AA-31")
    @Tag("AA-44")
    void status_ofASealedSecret_tellsItsEndFromTheTokens() throws Exception {
        Customer customer = world.customer(folder);
        try (Lakeport lakeport = customer.open()) {
            CredentialHealth unused = of(lakeport.secrets().status(MONTH, false), "acme");
            CredentialHealth used = of(lakeport.secrets().status(MONTH, true), "acme");
            CredentialHealth later = of(lakeport.secrets().status(MONTH, false), "acme");
            CredentialHealth ending = of(lakeport.secrets().status(Duration.ofDays(100), false), "acme");
            world.workspace().identities().expireSecrets(customer.principal());
            try (Lakeport other = customer.open()) {
                CredentialHealth ended = of(other.secrets().status(MONTH, true), "acme");

                assertThat(unused.lastUsed()).isEmpty();
                assertThat(used.ends().orElseThrow())
                        .isBetween(
                                Instant.now().plus(Duration.ofDays(89)),
                                Instant.now().plus(Duration.ofDays(90)));
                assertThat(used.tokenEnds().orElseThrow())
                        .isBefore(Instant.now().plus(Duration.ofMinutes(61)));
                assertThat(used.state()).isEqualTo(CredentialState.OK);
                assertThat(later.lastUsed()).isPresent();
                assertThat(ending.state()).isEqualTo(CredentialState.ENDING);
                assertThat(ended.state()).isEqualTo(CredentialState.ENDED);
                assertThat(ended.advice()).contains("expired");
            }
        }
    }

    @Test
    @Tag("BI-22")
    void status_ofAPersonsToken_isFlagged() throws Exception {
        Customer customer = world.customer(folder);
        Secret token = world.workspace()
                .identities()
                .addToken(world.workspace().identities().addUser("jane@example.com"), Duration.ofDays(9));
        Files.writeString(
                customer.config(),
                Files.readString(customer.config())
                        .replace(world.workspace().connection().token().reveal(), token.reveal()));

        try (Lakeport lakeport = customer.open()) {
            CredentialHealth known = of(lakeport.secrets().status(MONTH, false), "admin");
            CredentialHealth asked = of(lakeport.secrets().status(MONTH, true), "admin");

            assertThat(known.state()).isEqualTo(CredentialState.UNKNOWN);
            assertThat(known.advice()).contains("personal access token");
            assertThat(asked.advice()).contains("credential of a person, jane@example.com");
        }
    }

    @Test
    @Tag("DK-25")
    void status_ofUsers_tellsWhenTheirsWasObtainedAndUsed() throws Exception {
        Customer customer = world.customer(folder);
        Files.writeString(
                customer.config(),
                Files.readString(customer.config())
                        .replace(
                                "\"auth\": {\"method\": \"pat\",",
                                "\"auth\": {\"method\": \"pat\", \"credentials\": \"per_user\",")
                        .replaceAll("\"per_user\",\\s*\"secrets\": \\{[^}]*}", "\"per_user\""));
        Secret token = world.workspace().connection().token();
        try (Lakeport lakeport = customer.open()) {
            lakeport.users().enter(TenantId.of("admin"), UserId.of("jane"), Map.of(), Map.of("token", token));
            CredentialHealth entered = of(lakeport.secrets().status(MONTH, true), "admin");
            lakeport.tenant("admin").asUser("jane").checkSignIn(RotationWorld.TIMEOUT);
            CredentialHealth used = of(lakeport.secrets().status(MONTH, false), "admin");

            assertThat(entered.user()).contains(UserId.of("jane"));
            assertThat(entered.obtained()).isPresent();
            assertThat(entered.lastUsed()).isEmpty();
            assertThat(used.lastUsed()).isPresent();
        }
    }
}
