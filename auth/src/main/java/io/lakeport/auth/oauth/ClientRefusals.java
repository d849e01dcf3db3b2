package io.lakeport.auth.oauth;

import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;

/**
 * Says what it means that a service principal was refused.
 *
 * <p>Databricks answers {@code invalid_client} with "Client authentication failed" for a wrong id and for a wrong or
 * expired secret alike (reports: databricks-sql-nodejs issue 279, terraform-provider-databricks issue 3848). Where a
 * description says more, it is believed; where it does not, the error says what cannot be told and what is likely.
 */
final class ClientRefusals {
    private ClientRefusals() {}

    static LakeportException of(Refusal refusal, ClientCredentials credentials) {
        return switch (refusal.error()) {
            case "invalid_client", "unauthorized_client", "invalid_grant", "access_denied" ->
                client(refusal, credentials);
            case "invalid_scope" ->
                refusal.as(
                        SignInError.WRONG_SCOPE,
                        "it does not grant scope '" + credentials.scope() + "'; leave 'scope' out for 'all-apis'");
            default ->
                isUnknownClient(refusal)
                        ? client(refusal, credentials)
                        : refusal.as(CoreError.TOKEN_REJECTED, "look at what it says");
        };
    }

    private static LakeportException client(Refusal refusal, ClientCredentials credentials) {
        String start = refusal.where() + " does not accept service principal '" + credentials.clientId() + "'"
                + refusal.said() + ": ";
        if (refusal.mentions("expired")) {
            return new LakeportException(
                    CoreError.EXPIRED_SECRET,
                    start + "its OAuth secret has expired; an account admin, or a manager of the service principal,"
                            + " must generate a new one, then change 'client_secret'");
        }
        if (refusal.mentions("deactivated", "inactive", "disabled")) {
            return new LakeportException(
                    SignInError.IDENTITY_INACTIVE,
                    start + "it is deactivated; an account admin must activate it again");
        }
        if (isUnknownClient(refusal)) {
            return new LakeportException(CoreError.WRONG_CLIENT_ID, start + "this 'client_id' is wrong" + idHint());
        }
        if (refusal.description().toLowerCase(java.util.Locale.ROOT).contains("secret")) {
            return new LakeportException(
                    CoreError.WRONG_SECRET, start + "'client_secret' is wrong" + secretHint(credentials));
        }
        return guess(start, credentials);
    }

    private static boolean isUnknownClient(Refusal refusal) {
        return refusal.mentions("client_id", "service principal", "client id")
                && refusal.mentions("no service principal", "not found", "not available", "unknown", "does not exist");
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
}
