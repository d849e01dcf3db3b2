package io.lakeport.auth.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a refused token request means where that is the same for every method; the rest is the method's. */
final class Refusals {
    private static final int LONGEST_DESCRIPTION = 300;
    private static final Pattern ADDRESS = Pattern.compile("[Ss]ource IP address: [0-9a-fA-F.:]{2,45}");

    private Refusals() {}

    static LakeportException of(
            Answer answer, String where, String expected, Clock clock, TokenForm form, Refusal.Meaning meaning) {
        int status = answer.status();
        if (status == 429) {
            return waiting(
                    answer, clock, CoreError.RATE_LIMITED, where + " limits token requests (429); ask less often");
        }
        if (status >= 500) {
            return waiting(
                    answer,
                    clock,
                    CoreError.SERVICE_UNAVAILABLE,
                    where + " cannot give tokens now (" + status + "); try later");
        }
        if (isAddressDenied(answer)) {
            return new LakeportException(
                    SignInError.ADDRESS_DENIED,
                    where + " refuses this machine's address by an IP access list" + address(answer)
                            + "; an admin of the workspace (or of the account, for its own list) must allow it");
        }
        Optional<JsonNode> json = answer.json();
        String error = json.map(node -> node.path("error").asText("")).orElse("");
        if (error.isEmpty()) {
            return new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    where + " answered with " + answer.described() + " instead of an OAuth answer, so this is not "
                            + expected + "; check the host");
        }
        Refusal refusal = new Refusal(status, error, description(json.get(), form), where, answer.clockAhead(clock));
        return meaning.of(refusal);
    }

    private static boolean isAddressDenied(Answer answer) {
        String body = answer.body();
        return answer.status() == 403 && (body.contains("IP ACL") || body.contains("IP access list"));
    }

    /** Which address the other side sees is what its admin needs to know, and this machine cannot find out. */
    private static String address(Answer answer) {
        Matcher named = ADDRESS.matcher(answer.body());
        return named.find() ? " (" + named.group() + ")" : "";
    }

    private static String description(JsonNode node, TokenForm form) {
        String text = node.path("error_description").asText("").strip();
        String clean = form.redact(text).replaceAll("\\p{Cntrl}+", " ");
        return clean.length() > LONGEST_DESCRIPTION ? clean.substring(0, LONGEST_DESCRIPTION) + "…" : clean;
    }

    private static LakeportException waiting(Answer answer, Clock clock, CoreError code, String message) {
        LakeportException error = new LakeportException(code, message);
        return answer.retryAfter(clock).map(error::withRetryAfter).orElse(error);
    }
}
