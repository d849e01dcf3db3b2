package io.lakeport.audit.sdk;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One call of the SDK, which carries neither deadline nor token through its own methods. Confined to one thread. */
final class SdkCall {
    private final String what;
    private final Deadline deadline;
    private final Optional<Pattern> member;
    private final Optional<Secret> sent;
    private @Nullable AccessToken token;
    private @Nullable Secret heldBack;

    /**
     * Creates a call.
     *
     * @param what what is done, for messages: tenant, action, host
     */
    SdkCall(String what, Deadline deadline) {
        this(what, deadline, Optional.empty(), Optional.empty());
    }

    private SdkCall(String what, Deadline deadline, Optional<Pattern> member, Optional<Secret> sent) {
        this.sent = sent;
        this.what = what;
        this.deadline = deadline;
        this.member = member;
    }

    /**
     * Returns a call of whose answer the SDK must not see one member of JSON, because it writes answers to its log at
     * the level DEBUG and knows only some of the names that stand for secrets (0.141.0).
     */
    SdkCall holdingBack(String name) {
        return new SdkCall(
                what,
                deadline,
                Optional.of(Pattern.compile("(\"" + Pattern.quote(name) + "\"\\s*:\\s*\")([^\"\\\\]+)\"")),
                sent);
    }

    /** Returns the same call for another try. */
    SdkCall again() {
        return new SdkCall(what, deadline, member, sent);
    }

    /** Returns a call in whose request a secret takes its placeholder's place past the SDK, which logs requests too. */
    SdkCall sending(Secret secret) {
        return new SdkCall(what, deadline, member, Optional.of(secret));
    }

    /** Returns a request's body as it leaves. */
    String leaving(String body) {
        return sent.map(secret -> body.replace(SdkRest.PLACEHOLDER, escaped(secret.reveal())))
                .orElse(body);
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** Returns an answer as the SDK may see it. */
    String shown(String body) {
        if (member.isEmpty()) {
            return body;
        }
        Matcher found = member.get().matcher(body);
        if (!found.find()) {
            return body;
        }
        heldBack = Secret.of(found.group(2));
        return found.replaceFirst("$1held back\"");
    }

    /** Returns what the SDK did not see, empty when the answer had no such member. */
    Optional<Secret> heldBack() {
        return Optional.ofNullable(heldBack);
    }

    String what() {
        return what;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Returns the token that the request carried, null before it was asked for. */
    @Nullable
    AccessToken token() {
        return token;
    }

    void used(AccessToken given) {
        token = given;
    }
}
