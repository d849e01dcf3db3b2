package io.lakeport.auth.google;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import java.util.Set;

/**
 * Method {@code google-credentials}: a Google service account, by its key, whose id token a workspace on Google Cloud
 * takes (Databricks documentation, "Authenticate with Google ID tokens").
 *
 * <p>Properties: optional {@code audience} (the workspace's URL when absent) and {@code access_token} ({@code true} to
 * send a Google access token beside it, which APIs with credentials passthrough want). Secret: {@code
 * service_account_key}, the JSON key file.
 */
public final class GoogleTokenSourceProvider implements TokenSourceProvider {
    private static final String BESIDE = "access_token";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public GoogleTokenSourceProvider() {}

    @Override
    public String method() {
        return "google-credentials";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings =
                MethodSettings.of(context, Set.of("audience", BESIDE), Set.of(ServiceAccountKey.SECRET));
        String beside = settings.optional(BESIDE).orElse("false");
        if (!Set.of("true", "false").contains(beside)) {
            throw settings.invalid("property '" + BESIDE + "' is 'true' or 'false'");
        }
        return new GoogleSource(
                context,
                ServiceAccountKey.of(settings),
                settings.optional("audience").orElse(context.host().toString()),
                Boolean.parseBoolean(beside));
    }
}
