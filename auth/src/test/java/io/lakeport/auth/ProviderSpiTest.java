package io.lakeport.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.auth.TokenCacheProvider;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProviderSpiTest {
    /** A method of a third party: nothing but this class and a line in META-INF/services. */
    public static final class BorrowedTokens implements TokenSourceProvider {
        @Override
        public String method() {
            return "borrowed";
        }

        @Override
        public TokenSource open(TokenSourceContext context) {
            return deadline ->
                    new AccessToken(context.settings().secrets().get("lent"), Instant.EPOCH, Optional.empty());
        }
    }

    @Test
    @Tag("AK-18")
    void serviceLoader_methodOfAThirdParty_standsBesideOurs() {
        Map<String, TokenSourceProvider> methods = ServiceLoader.load(TokenSourceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(TokenSourceProvider::method, provider -> provider));

        assertThat(methods)
                .containsOnlyKeys(
                        "pat",
                        "oauth-m2m",
                        "oauth-u2m",
                        "oidc-federation",
                        "azure-client-secret",
                        "azure-client-certificate",
                        "azure-msi",
                        "google-credentials",
                        "borrowed");
        IdentitySettings settings =
                new IdentitySettings("borrowed", Map.of(), Map.of("lent", Secret.of("third-party-token")));
        TokenSource source = methods.get("borrowed").open(Contexts.of("https://x.cloud.databricks.com", settings));
        assertThat(source.token(Deadline.after(Duration.ofSeconds(1))).headerValue())
                .isEqualTo("Bearer third-party-token");
    }

    @Test
    void provides_inModuleInfo_equalsMetaInfServices() throws IOException {
        Path classes = Path.of("target/classes");
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        for (Class<?> service : List.of(TokenSourceProvider.class, TokenCacheProvider.class)) {
            Set<String> declared = module.provides().stream()
                    .filter(provides -> provides.service().equals(service.getName()))
                    .flatMap(provides -> provides.providers().stream())
                    .collect(Collectors.toSet());
            Path file = classes.resolve("META-INF/services").resolve(service.getName());
            assertThat(new HashSet<>(Files.readAllLines(file)))
                    .isEqualTo(declared)
                    .isNotEmpty();
        }
    }
}
