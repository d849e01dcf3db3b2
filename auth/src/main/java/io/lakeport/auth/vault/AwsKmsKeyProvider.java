package io.lakeport.auth.vault;

import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Master keys in AWS KMS. Properties: {@code key_id} (ARN, id or alias), {@code region}, {@code access_key_id},
 * {@code endpoint} (another server than AWS's; https, or http on this machine). Secrets: {@code secret_access_key},
 * {@code session_token}. Nothing is read from the environment, profile files or an instance's metadata.
 */
public final class AwsKmsKeyProvider implements KeyProvider {
    private static final Set<String> PROPERTIES = Set.of("key_id", "region", "access_key_id", "endpoint");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Clock clock;

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public AwsKmsKeyProvider() {
        this.clock = Clock.systemUTC();
    }

    @Override
    public String name() {
        return "aws-kms";
    }

    @Override
    public MasterKeys open(KeyContext context) {
        KeySettings settings = new KeySettings("aws-kms", context);
        settings.requireKnown(PROPERTIES, Set.of("secret_access_key", "session_token"));
        String region = settings.required("region");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw settings.invalid("property 'region' is '" + region + "'; expected for example eu-central-1");
        }
        Secret secret = Optional.ofNullable(context.secrets().get("secret_access_key"))
                .orElseThrow(() -> settings.invalid("secret 'secret_access_key' is missing"));
        return new AwsKmsKeys(
                settings.required("key_id"),
                endpoint(settings, region),
                new AwsSignature(settings.required("access_key_id"), secret, region, "kms"),
                Optional.ofNullable(context.secrets().get("session_token")),
                clock);
    }

    private static URI endpoint(KeySettings settings, String region) {
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        String text = settings.text("endpoint").orElse("https://kms." + region + domain);
        try {
            URI uri = URI.create(text);
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost()));
            if (secure && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw settings.invalid("property 'endpoint' is no URL; expected https://host");
        }
        throw settings.invalid("property 'endpoint' cannot be used; expected https://host, or http on this machine");
    }
}
