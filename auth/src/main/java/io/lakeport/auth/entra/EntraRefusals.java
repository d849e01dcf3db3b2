package io.lakeport.auth.entra;

import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what it means that Entra refused an application, by Microsoft's numbers of errors. */
final class EntraRefusals {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d+)");

    private EntraRefusals() {}

    static LakeportException of(Refusal refusal, String clientId, String directory) {
        Matcher matcher = NUMBER.matcher(refusal.description());
        String number = matcher.find() ? matcher.group(1) : "";
        return switch (number) {
            case "7000215" ->
                refusal.as(
                        CoreError.WRONG_SECRET,
                        "'client_secret' is not the application's; copy the secret's value and not its id");
            case "7000222" ->
                refusal.as(
                        CoreError.EXPIRED_SECRET,
                        "the secret has expired; an owner of the app registration must add a new one");
            case "700016" ->
                refusal.as(
                        CoreError.WRONG_CLIENT_ID,
                        "directory '" + directory + "' has no application '" + clientId
                                + "'; 'client_id' is the 'Application (client) ID', not the object id");
            case "90002", "900023", "900021" ->
                refusal.as(
                        SignInError.UNKNOWN_DIRECTORY,
                        "'tenant_id' is the 'Directory (tenant) ID' of the directory that the workspace belongs to; a"
                                + " sovereign cloud also needs 'authority_host'");
            case "500011", "650057" ->
                refusal.as(
                        SignInError.WRONG_AUDIENCE,
                        "Azure Databricks is not known in directory '" + directory + "'; it is the wrong directory, or"
                                + " nobody of it has ever opened a workspace");
            case "700027", "7000272" ->
                refusal.as(
                        CoreError.WRONG_SECRET,
                        "the certificate is not registered for the application; upload it under 'Certificates &"
                                + " secrets'");
            case "700024", "50013" ->
                refusal.as(
                        SignInError.CLOCK_SKEW,
                        "an assertion that was signed just now is out of its time, so this machine's clock is wrong"
                                + refusal.clockAhead()
                                        .map(ahead -> " by " + ahead.abs().toMinutes() + " minutes")
                                        .orElse("")
                                + "; set it by a time server");
            case "7000112", "50057" ->
                refusal.as(SignInError.IDENTITY_INACTIVE, "an admin of the directory has disabled the application");
            case "53003", "530034" ->
                refusal.as(
                        SignInError.ADDRESS_DENIED,
                        "a conditional access policy of the directory blocks it, mostly for its address");
            case "70011", "1002012" -> refusal.as(SignInError.WRONG_SCOPE, "look at what it says");
            default -> refusal.as(CoreError.TOKEN_REJECTED, "look at what it says, and up the AADSTS number");
        };
    }
}
