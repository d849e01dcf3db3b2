package io.lakeport.auth.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.lakeport.core.secret.Secret;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a token says of itself, believed by nobody: it serves to explain a refusal, never to allow anything.
 *
 * @param issuer its {@code iss}, empty when it has none
 * @param subject its {@code sub}, empty when it has none
 * @param audiences its {@code aud}
 * @param expiresAt its {@code exp}
 * @param notBefore its {@code nbf}
 * @param issuedAt its {@code iat}
 */
public record Claims(
        String issuer,
        String subject,
        List<String> audiences,
        Optional<Instant> expiresAt,
        Optional<Instant> notBefore,
        Optional<Instant> issuedAt) {
    public Claims {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
        audiences = List.copyOf(audiences);
    }

    /** Looks into a token; empty when it is no JSON web token. */
    public static Optional<Claims> of(Secret token) {
        try {
            JWTClaimsSet set = JWTParser.parse(token.reveal()).getJWTClaimsSet();
            return set == null ? Optional.empty() : Optional.of(of(set));
        } catch (ParseException | IllegalArgumentException e) {
            // The parser's message may quote the token.
            return Optional.empty();
        }
    }

    private static Claims of(JWTClaimsSet set) {
        return new Claims(
                Objects.requireNonNullElse(set.getIssuer(), ""),
                Objects.requireNonNullElse(set.getSubject(), ""),
                set.getAudience(),
                Optional.ofNullable(set.getExpirationTime()).map(Date::toInstant),
                Optional.ofNullable(set.getNotBeforeTime()).map(Date::toInstant),
                Optional.ofNullable(set.getIssueTime()).map(Date::toInstant));
    }

    /** Says what a federation policy would have to name. */
    public String described() {
        return "issuer '" + issuer + "', subject '" + subject + "', audience " + audiences;
    }
}
