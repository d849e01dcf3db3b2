package io.lakeport.auth.check;

import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.jwt.Claims;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says why the workspace refuses a token. Databricks answers 403 for a bad token as well as for a missing right, and
 * "Invalid access token" for one that expired, was revoked, or is another workspace's; so the words of the answer count
 * first, then what the token says of itself, and where both leave it open the error says so.
 */
final class CallRefusals {
    private static final int LONGEST = 300;
    private static final List<String> BAD_TOKEN =
            List.of("invalid access token", "invalid token", "unauthenticated", "credential was not sent");

    private CallRefusals() {}

    static boolean isScope(Answer answer) {
        return answer.status() == 403 && answer.body().contains("required scopes");
    }

    static LakeportException of(TokenSourceContext context, AccessToken token, Answer answer, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        String said =
                message.replaceAll("\\p{Cntrl}+", " ").replace(token.value().reveal(), "[redacted]");
        String where = "tenant '" + context.tenant() + "': " + context.host() + " refuses the token ("
                + answer.status() + ", it says: \""
                + (said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said) + "\"): ";
        if (text.contains("ip acl") || text.contains("ip access list")) {
            return error(
                    SignInError.ADDRESS_DENIED,
                    where + "an IP access list does not hold this machine's address; a workspace admin must allow it");
        }
        if (text.contains("expected aud") || text.contains("expected iss") || text.contains("audience")) {
            return error(
                    SignInError.WRONG_AUDIENCE,
                    where + "the token is for something else than this workspace" + told(token));
        }
        if (text.contains("expired")) {
            return expired(context, token, answer, where);
        }
        return right(text, where)
                .orElseGet(() -> BAD_TOKEN.stream().anyMatch(text::contains) || answer.status() == 401
                        ? bad(context, token, answer, where)
                        : error(
                                SignInError.RIGHT_MISSING,
                                where + "the sign-in is good, but something is not allowed"
                                        + " to it; a workspace admin can grant it"));
    }

    private static Optional<LakeportException> right(String text, String where) {
        if (text.contains("unauthorized access to workspace")
                || text.contains("user not authorized")
                || text.contains("not a member of this workspace")) {
            return Optional.of(error(
                    SignInError.NOT_IN_WORKSPACE,
                    where + "the identity is good and not assigned to this workspace; an account admin must assign it,"
                            + " or a workspace admin add it"));
        }
        if (text.contains("required scopes")) {
            return Optional.of(error(
                    SignInError.WRONG_SCOPE,
                    where + "the token's scopes do not open this API; ask for 'all-apis', or 'sql' for warehouses"));
        }
        if (text.contains("entitlement")) {
            return Optional.of(
                    error(
                            SignInError.RIGHT_MISSING,
                            where
                                    + "the identity lacks an entitlement; a workspace admin must give it 'Databricks SQL access'"));
        }
        return Optional.empty();
    }

    private static LakeportException bad(TokenSourceContext context, AccessToken token, Answer answer, String where) {
        Instant now = answer.date().orElseGet(() -> context.clock().instant());
        Optional<Claims> claims = Claims.of(token.value());
        Optional<Instant> end = claims.flatMap(Claims::expiresAt).or(token::expiresAt);
        if (end.isPresent() && !now.isBefore(end.get())) {
            return expired(context, token, answer, where);
        }
        if (claims.isPresent()) {
            return foreign(context, claims.get())
                    ? error(
                            SignInError.WRONG_AUDIENCE,
                            where + "the token was issued elsewhere" + told(token)
                                    + "; sign in at this workspace or its account")
                    : error(
                            SignInError.TOKEN_REVOKED,
                            where + "the token is this workspace's and lives until "
                                    + end.map(Instant::toString).orElse("an unknown time")
                                    + ", so it was revoked (or its signature is forged), or the identity was deactivated or deleted");
        }
        if (token.expiresAt().isPresent()) {
            return error(
                    SignInError.TOKEN_REVOKED,
                    where + "the token has not reached its end, so it was revoked, or is another workspace's");
        }
        return error(
                CoreError.TOKEN_REJECTED,
                where + "a personal access token that expired, was revoked or is another workspace's; Databricks says"
                        + " the same to all three. Look at 'Developer > Access tokens' of its owner, and create one"
                        + " that lives (its end may be configured as property 'expires_at', to be told)");
    }

    /** A token of this workspace or its account names an issuer on one of their hosts. */
    private static boolean foreign(TokenSourceContext context, Claims claims) {
        String issuer;
        try {
            issuer = String.valueOf(URI.create(claims.issuer()).getAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
        boolean console = DatabricksAccount.consoleOf(context.host())
                .filter(host -> host.getAuthority().equals(issuer))
                .isPresent();
        return !console && !issuer.equals(context.host().authority());
    }

    private static LakeportException expired(
            TokenSourceContext context, AccessToken token, Answer answer, String where) {
        Optional<Instant> end =
                Claims.of(token.value()).flatMap(Claims::expiresAt).or(token::expiresAt);
        boolean livesHere = end.isPresent() && context.clock().instant().isBefore(end.get());
        if (livesHere && answer.clockAhead(context.clock()).isPresent()) {
            return error(
                    SignInError.CLOCK_SKEW,
                    where + "by this machine's clock it still lives, and the clock is "
                            + answer.clockAhead(context.clock()).get().abs().toMinutes()
                            + " minutes off; set it by a time server");
        }
        return error(
                SignInError.TOKEN_EXPIRED,
                where + "it ended" + end.map(at -> " at " + at).orElse("") + "; give a new one");
    }

    private static String told(AccessToken token) {
        return Claims.of(token.value())
                .map(claims -> " (" + claims.described() + ")")
                .orElse("");
    }

    private static LakeportException error(ErrorCodeSupplier code, String message) {
        return new LakeportException(code, message);
    }
}
