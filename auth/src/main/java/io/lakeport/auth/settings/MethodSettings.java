package io.lakeport.auth.settings;

import io.lakeport.auth.endpoint.Endpoints;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings of one authentication method. Errors name tenant and key, never a secret's value. Immutable. */
public final class MethodSettings {
    private final TokenSourceContext context;

    private MethodSettings(TokenSourceContext context) {
        this.context = context;
    }

    /**
     * Wraps the settings of a context.
     *
     * @param properties every property the method knows
     * @param secrets every secret the method knows
     * @throws LakeportException INVALID_REQUEST naming a key that the method does not know
     */
    public static MethodSettings of(TokenSourceContext context, Set<String> properties, Set<String> secrets) {
        MethodSettings settings = new MethodSettings(context);
        settings.checkKnown("property", context.settings().properties().keySet(), properties);
        settings.checkKnown("secret", context.settings().secrets().keySet(), secrets);
        return settings;
    }

    private void checkKnown(String kind, Set<String> given, Set<String> known) {
        for (String key : new TreeSet<>(given)) {
            if (!known.contains(key)) {
                throw invalid(kind + " '" + key + "' is not known; expected "
                        + (known.isEmpty() ? "none" : "one of " + new TreeSet<>(known)));
            }
        }
    }

    /** Returns a property that must be there and hold neither white space nor control characters. */
    public String required(String key) {
        return optional(key).orElseThrow(() -> invalid("property '" + key + "' is missing"));
    }

    /** Returns a property without white space, or empty when it was not given. */
    public Optional<String> optional(String key) {
        Optional<String> value =
                Optional.ofNullable(context.settings().properties().get(key));
        value.ifPresent(text -> checkClean("property", key, text));
        return value;
    }

    /** Returns a property that may hold single spaces between words, or empty when it was not given. */
    public Optional<String> words(String key) {
        Optional<String> value =
                Optional.ofNullable(context.settings().properties().get(key));
        value.ifPresent(text -> checkClean("property", key, text.replace(' ', '_')));
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns a secret that must be there and hold neither white space nor control characters. */
    public Secret secret(String key) {
        Secret secret = context.settings().secrets().get(key);
        if (secret == null) {
            throw invalid("secret '" + key + "' is missing");
        }
        checkClean("secret", key, secret.reveal());
        return secret;
    }

    private void checkClean(String kind, String key, String text) {
        if (text.isEmpty()) {
            throw invalid(kind + " '" + key + "' is empty");
        }
        int space = firstSpace(text);
        if (space >= 0) {
            throw invalid(kind + " '" + key + "' has white space " + place(text, space)
                    + ", as a copied line often has; remove it, and give the value alone, without a word such as"
                    + " 'Bearer' before it");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw invalid(kind + " '" + key + "' has a character that no Databricks credential has; copy it again");
        }
    }

    private static int firstSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Says where a character stands and what it is, and nothing of the text. */
    private static String place(String text, int at) {
        String kind = switch (text.charAt(at)) {
            case '\n', '\r' -> "a line break";
            case '\t' -> "a tab";
            default -> "a space";
        };
        boolean after = text.substring(at).isBlank();
        String where = at == 0 ? "at its beginning" : after ? "at its end" : "inside it";
        return where + " (" + kind + ", character " + (at + 1) + " of " + text.length() + ")";
    }

    /** Returns a secret as {@link #secret} does, or empty when it was not given. */
    public Optional<Secret> optionalSecret(String key) {
        return context.settings().secrets().containsKey(key) ? Optional.of(secret(key)) : Optional.empty();
    }

    /**
     * Returns a secret that may have several lines, such as a key in PEM or JSON.
     *
     * @throws LakeportException INVALID_REQUEST when it is missing
     */
    public Secret text(String key) {
        Secret secret = context.settings().secrets().get(key);
        if (secret == null) {
            throw invalid("secret '" + key + "' is missing");
        }
        return secret;
    }

    /**
     * Returns a property that is a URL to which secrets may be sent, or empty when it was not given.
     *
     * @throws LakeportException INVALID_REQUEST when it is plain http beyond loopback, or carries user, query or
     *     fragment
     */
    public Optional<URI> url(String key) {
        return optional(key)
                .map(text -> Endpoints.safe(text)
                        .orElseThrow(() -> invalid("property '" + key + "' must be a full https URL (http for loopback"
                                + " only) without user, query or fragment")));
    }

    /** Returns the error for a setting that cannot be used; {@code what} must not hold a secret. */
    public LakeportException invalid(String what) {
        return error(CoreError.INVALID_CONFIGURATION, what);
    }

    /** Does the same with another code. */
    public LakeportException error(ErrorCodeSupplier code, String what) {
        return new LakeportException(
                        code,
                        "tenant '" + context.tenant() + "', authentication method '"
                                + context.settings().method() + "': " + what)
                .with("tenant", context.tenant().value());
    }
}
