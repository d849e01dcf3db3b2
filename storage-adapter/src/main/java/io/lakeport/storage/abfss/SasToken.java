package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A shared access signature: Azure Storage REST API, "Create a service SAS" and "Create a user delegation SAS". Its
 * begin, end and permissions stand in it, so that a useless one is refused before the first byte and by name, which the
 * account's bare 403 does not do. One with a stored access policy ({@code si}) may leave them to the policy.
 */
final class SasToken {
    private static final Map<Character, String> PERMISSIONS =
            Map.of('r', "r (read)", 'w', "w (write)", 'l', "l (list)", 'd', "d (delete)");

    private final Secret query;
    private final Map<String, String> fields;

    private SasToken(Secret query, Map<String, String> fields) {
        this.query = query;
        this.fields = fields;
    }

    /**
     * Reads a token, with or without its question mark.
     *
     * @throws LakeportException INVALID_REQUEST when it is none; the message shows nothing of it
     */
    static SasToken parse(Secret token) {
        String text = token.reveal().strip();
        String query = text.startsWith("?") ? text.substring(1) : text;
        Map<String, String> fields = new HashMap<>();
        try {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                fields.put(
                        pair.substring(0, Math.max(0, equals)),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw noToken();
        }
        if (!fields.containsKey("sig") || query.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw noToken();
        }
        return new SasToken(Secret.of(query), fields);
    }

    private static LakeportException noToken() {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION,
                "sas_token is no shared access signature; it looks like sv=...&se=...&sp=...&sig=..., encoded as in a"
                        + " URL");
    }

    /** Returns the token as it stands in a URL. */
    String reveal() {
        return query.reveal();
    }

    /** Returns when it ends, empty when its policy says so. */
    Optional<Instant> end() {
        return time("se");
    }

    private Optional<Instant> time(String field) {
        return Optional.ofNullable(fields.get(field)).map(text -> instant(field, text));
    }

    private static Instant instant(String field, String text) {
        try {
            return text.length() == "2024-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION, "sas_token has no time in '" + field + "' but '" + text + "'", e);
        }
    }

    /**
     * Checks that it is good now and for what is wanted.
     *
     * @param permission one letter of {@code sp}
     */
    void check(String where, char permission, Clock clock) {
        Instant now = clock.instant();
        if (end().filter(end -> !now.isBefore(end)).isPresent()) {
            throw denied(
                    where, "sas_token ended at " + end().orElseThrow() + " (se), it is " + now + "; create a new one");
        }
        Optional<Instant> begin = time("st");
        if (begin.filter(now::isBefore).isPresent()) {
            throw denied(
                    where,
                    "sas_token begins at " + begin.orElseThrow() + " (st), it is " + now
                            + "; wait, or create one without a start time");
        }
        String granted = fields.get("sp");
        if (granted != null && granted.indexOf(permission) < 0) {
            throw denied(
                    where,
                    "sas_token lacks the permission " + PERMISSIONS.get(permission) + ", it has sp=" + granted
                            + "; exports need rwdl");
        }
    }

    private static LakeportException denied(String where, String why) {
        return new LakeportException(CoreError.TARGET_NOT_WRITABLE, where + ": " + why);
    }

    @Override
    public String toString() {
        return "SasToken[redacted]";
    }
}
