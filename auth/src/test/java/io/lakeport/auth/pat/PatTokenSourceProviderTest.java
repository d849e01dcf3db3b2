package io.lakeport.auth.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.auth.CanaryWatch;
import io.lakeport.auth.Contexts;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import io.lakeport.testkit.contract.TokenSourceContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatTokenSourceProviderTest implements TokenSourceContract {
    private static final String TOKEN = "dapi0123456789abcdef";

    @Override
    public TokenSource good() {
        return new PatTokenSourceProvider().open(context(IdentitySettings.pat(Secret.of(TOKEN))));
    }

    @Test
    @Tag("BI-04")
    void token_ofPersonalAccessToken_isTheBearerAndNeverEnds() {
        AccessToken token = new PatTokenSourceProvider()
                .open(context(IdentitySettings.pat(Secret.of(TOKEN))))
                .token(Deadline.after(Duration.ofSeconds(1)));

        assertThat(token.headerValue()).isEqualTo("Bearer " + TOKEN);
        assertThat(token.expiresAt()).isEmpty();
        assertThat(token.toString()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "%s\n", "Bearer %s", "da %s", "%s\u00a0", "%s\u0007", "%s\u2026"})
    @Tag("DF-45")
    void open_tokenWithForeignCharacters_isRefusedNamingTheKeyNotTheValue(String pattern) {
        LakeportException refused = refused(IdentitySettings.pat(Secret.of(pattern.formatted(TOKEN))));

        assertThat(refused).hasMessageContaining("'token'").hasMessageContaining("'acme'");
        assertThat(refused.getMessage()).doesNotContain(TOKEN);
        assertThat(refused.is(CoreError.INVALID_CONFIGURATION)).isTrue();
    }

    @Test
    void open_oauthSecretGivenAsToken_saysWhichMethodItBelongsTo() {
        LakeportException refused = refused(IdentitySettings.pat(Secret.of(Contexts.CANARY)));

        assertThat(refused).hasMessageContaining("oauth-m2m");
        CanaryWatch.assertClean(refused);
    }

    @Test
    void open_settingsOfAnotherMethod_areNamed() {
        assertThat(refused(new IdentitySettings("pat", Map.of(), Map.of()))).hasMessageContaining("'token' is missing");
        assertThat(refused(new IdentitySettings("pat", Map.of("client_id", "x"), Map.of("token", Secret.of(TOKEN)))))
                .hasMessageContaining("'client_id' is not known");
    }

    private static LakeportException refused(IdentitySettings settings) {
        return catchThrowableOfType(
                LakeportException.class, () -> new PatTokenSourceProvider().open(context(settings)));
    }

    private static TokenSourceContext context(IdentitySettings settings) {
        return Contexts.of("https://acme.cloud.databricks.com", settings);
    }
}
