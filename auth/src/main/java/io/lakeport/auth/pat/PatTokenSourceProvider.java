package io.lakeport.auth.pat;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * Method {@code pat}: a personal access token, given as the secret {@code token}. The workspace is never asked: a
 * token that was revoked shows at the first call that uses it. Property {@code expires_at} may tell its end.
 */
public final class PatTokenSourceProvider implements TokenSourceProvider {
    private static final String TOKEN = "token";
    private static final String ENDS = "expires_at";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public PatTokenSourceProvider() {}

    @Override
    public String method() {
        return "pat";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings = MethodSettings.of(context, Set.of(ENDS), Set.of(TOKEN));
        Secret value = settings.secret(TOKEN);
        if (value.reveal().startsWith("dose")) {
            throw settings.invalid("secret 'token' begins with 'dose', as the OAuth secret of a service principal does;"
                    + " use method 'oauth-m2m' with 'client_id' and 'client_secret', or give a personal access token");
        }
        // Neither end nor age of a personal access token can be read from it, so its end is told or not known.
        Optional<Instant> end = settings.optional(ENDS).map(text -> instant(settings, text));
        AccessToken token = new AccessToken(value, context.clock().instant(), end);
        return deadline -> token;
    }

    private static Instant instant(MethodSettings settings, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw settings.invalid("property '" + ENDS + "' is '" + text
                    + "'; write the day as 2027-01-31, or the moment as 2027-01-31T12:00:00Z");
        }
    }
}
