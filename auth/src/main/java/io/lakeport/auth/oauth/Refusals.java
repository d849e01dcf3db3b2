package io.lakeport.auth.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.Locale;
import java.util.Optional;

/**
 * Says what a refused token request means.
 *
 * <p>Databricks answers {@code invalid_client} with "Client authentication failed" for a wrong id and for a wrong or
 * expired secret alike (reports: databricks-sql-nodejs issue 279, terraform-provider-databricks issue 3848). Where a
 * description says more, it is believed; where it does not, the error says what cannot be told and what is likely.
 */
final class Refusals {
    private static final int LONGEST_DESCRIPTION = 300;

    private Refusals() {}

    static LakeportException of(Answer answer, Optional<JsonNode> json, ClientCredentials credentials, String where) {
        int status = answer.status();
        if (status == 429) {
            return waiting(answer, CoreError.RATE_LIMITED, where + " limits token requests (429); ask less often");
        }
        if (status >= 500) {
            return waiting(
                    answer,
                    CoreError.SERVICE_UNAVAILABLE,
                    where + " cannot give tokens now (" + status + "); try later");
        }
        String said = json.map(node -> said(node, credentials)).orElse("");
        if (isIpDenied(answer)) {
            return new LakeportException(
                    CoreError.ACCESS_DENIED,
                    where + " refuses this machine's address by an IP access list; a workspace admin must allow it");
        }
        String error = json.map(node -> node.path("error").asText("")).orElse("");
        if (error.isEmpty()) {
            String page = answer.isHtml() ? " and a web page" : "";
            return new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    where + " answered with status " + status + page + " instead of an OAuth answer, so this is not a"
                            + " Databricks workspace; check the host");
        }
        return oauth(error, said, credentials, where);
    }

    private static LakeportException oauth(String error, String said, ClientCredentials credentials, String where) {
        return switch (error) {
            case "invalid_client", "unauthorized_client", "invalid_grant", "access_denied" ->
                client(said, credentials, where);
            case "invalid_scope" ->
                new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        where + " does not grant scope '" + credentials.scope() + "'" + said
                                + "; leave 'scope' out for 'all-apis'");
            default ->
                isUnknownClient(said.toLowerCase(Locale.ROOT))
                        ? client(said, credentials, where)
                        : new LakeportException(CoreError.TOKEN_REJECTED, where + " refused the token request" + said);
        };
    }

    private static LakeportException client(String said, ClientCredentials credentials, String where) {
        String text = said.toLowerCase(Locale.ROOT);
        String start = where + " does not accept service principal '" + credentials.clientId() + "'" + said + ": ";
        if (text.contains("expired")) {
            return new LakeportException(
                    CoreError.EXPIRED_SECRET,
                    start + "its OAuth secret has expired; an account admin, or a manager of the service principal,"
                            + " must generate a new one, then change 'client_secret'");
        }
        if (isUnknownClient(text)) {
            return new LakeportException(CoreError.WRONG_CLIENT_ID, start + "this 'client_id' is wrong" + idHint());
        }
        if (text.contains("secret")) {
            return new LakeportException(
                    CoreError.WRONG_SECRET, start + "'client_secret' is wrong" + secretHint(credentials));
        }
        return guess(start, credentials);
    }

    private static boolean isUnknownClient(String text) {
        boolean names = text.contains("client_id") || text.contains("service principal") || text.contains("client id");
        return names
                && (text.contains("no service principal")
                        || text.contains("not found")
                        || text.contains("not available")
                        || text.contains("unknown")
                        || text.contains("does not exist"));
    }

    private static LakeportException guess(String start, ClientCredentials credentials) {
        String cannotTell = start + "the service does not say whether the id is wrong, the secret is wrong or the"
                + " secret has expired. ";
        if (!credentials.idLooksRight()) {
            return new LakeportException(
                    CoreError.WRONG_CLIENT_ID,
                    cannotTell + "Most likely the id is wrong: it is not a UUID, and an application id is" + idHint());
        }
        if (!credentials.secretLooksRight()) {
            return new LakeportException(
                    CoreError.WRONG_SECRET, cannotTell + "Most likely the secret is wrong" + secretHint(credentials));
        }
        return new LakeportException(
                CoreError.WRONG_SECRET,
                cannotTell + "Both have the right form. Look at the service principal's 'Secrets' tab: if the secret"
                        + " is not listed, or its end date has passed, generate a new one; else compare the id");
    }

    private static String idHint() {
        return "; copy the 'Application ID' of the service principal (not its name, number or the Azure object id)";
    }

    private static String secretHint(ClientCredentials credentials) {
        return credentials.secretLooksRight()
                ? "; generate a new OAuth secret for the service principal if this one was not kept"
                : ": a Databricks OAuth secret begins with 'dose', this one does not (a Microsoft Entra secret or a"
                        + " personal access token is something else); generate an OAuth secret in Databricks";
    }

    private static boolean isIpDenied(Answer answer) {
        String body = answer.body();
        return answer.status() == 403 && (body.contains("IP ACL") || body.contains("IP access list"));
    }

    private static String said(JsonNode node, ClientCredentials credentials) {
        String text = node.path("error_description").asText("").strip();
        if (text.isEmpty()) {
            return "";
        }
        String clean = credentials.redact(text).replaceAll("\\p{Cntrl}+", " ");
        String cut = clean.length() > LONGEST_DESCRIPTION ? clean.substring(0, LONGEST_DESCRIPTION) + "…" : clean;
        return " (it says: \"" + cut + "\")";
    }

    private static LakeportException waiting(Answer answer, CoreError code, String message) {
        LakeportException error = new LakeportException(code, message);
        return answer.retryAfter().map(error::withRetryAfter).orElse(error);
    }
}
