package io.lakeport.core.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * What to do about a cause, and who may.
 *
 * @param kind how it is done
 * @param text the statement, the call as {@code METHOD /path}, or what a person does; no secret
 * @param body JSON body of a call, empty for none and for other kinds
 * @param who may do it
 */
public record Fix(Kind kind, String text, Optional<String> body, String who) {
    /** How a fix is done. */
    public enum Kind {
        /** One SQL statement, complete and ready to run. */
        SQL,
        /** One call of the workspace's REST API, complete and ready to send. */
        REST,
        /** By a person: a setting of this host, a page of the workspace, another program. */
        MANUAL
    }

    public Fix {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(who, "who");
    }

    /** Returns a fix by a statement. */
    public static Fix sql(String statement, String who) {
        return new Fix(Kind.SQL, statement, Optional.empty(), who);
    }

    /** Returns a fix by a call; {@code body} is JSON, empty for none. */
    public static Fix rest(String method, String path, String body, String who) {
        return new Fix(Kind.REST, method + " " + path, Optional.of(body).filter(text -> !text.isEmpty()), who);
    }

    /** Returns a fix by a person. */
    public static Fix manual(String what, String who) {
        return new Fix(Kind.MANUAL, what, Optional.empty(), who);
    }

    /** Returns whether a program can do it as it stands. */
    public boolean isRunnable() {
        return kind != Kind.MANUAL;
    }

    /** Returns it in one line for a person. */
    public String line() {
        return text + body.map(json -> " " + json).orElse("") + "  (" + who + ")";
    }
}
