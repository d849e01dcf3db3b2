package io.lakeport.core.doctor;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.List;
import java.util.function.Function;

/** Causes that any call may meet. */
public enum CommonCause implements Cause {
    CONFIGURATION(
            Trouble.CONFIGURATION,
            "a setting of this tenant is missing or malformed",
            visit -> Fix.manual("correct the setting that the result names", Who.HOST)),
    CONNECTION_LOST(
            Trouble.NETWORK,
            "the workspace could be reached a moment ago, and this call did not come through",
            visit -> Fix.manual(
                    "run the doctor again; if it repeats, look for a firewall or proxy that ends connections",
                    Who.NETWORK)),
    NO_ANSWER_IN_TIME(
            Trouble.NETWORK,
            "the connection stands, and no answer came in time",
            visit -> Fix.manual(
                    "run the doctor again with more time; if it repeats, look for a firewall or proxy that holds"
                            + " connections open",
                    Who.NETWORK)),
    RATE_LIMITED(
            Trouble.UNAVAILABLE,
            "the workspace limits how often it may be asked, and the limit is reached",
            visit -> Fix.manual(
                    "wait for the time that the result names, then run the doctor again; look for another program that"
                            + " uses the same identity",
                    Who.HOST)),
    WORKSPACE_UNAVAILABLE(
            Trouble.UNAVAILABLE,
            "the workspace answers that it cannot serve now, as during maintenance",
            visit -> Fix.manual("try again in some minutes; see https://status.databricks.com", Who.DATABRICKS)),
    REFUSED(
            Trouble.RIGHTS,
            "the workspace refuses the call; its own words are in the result",
            visit -> Fix.manual("grant the right that the result names", Who.WORKSPACE_ADMIN)),
    UNKNOWN(
            Trouble.DEFECT,
            "this error is not one the doctor knows",
            visit -> Fix.manual("read the result; if it does not help, send this report to support", Who.HOST));

    private final Trouble trouble;
    private final String meaning;
    private final Function<Visit, Fix> fix;

    CommonCause(Trouble trouble, String meaning, Function<Visit, Fix> fix) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fix = fix;
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return List.of(fix.apply(visit));
    }

    /** Returns the cause of an error that the check itself has no better word for. */
    public static Cause of(LakeportException failure) {
        if (failure.is(CoreError.RATE_LIMITED)) {
            return RATE_LIMITED;
        }
        if (failure.is(CoreError.HOST_UNREACHABLE)) {
            return CONNECTION_LOST;
        }
        return switch (failure.category()) {
            case INVALID_REQUEST -> failure.is(CoreError.INVALID_CONFIGURATION) ? CONFIGURATION : UNKNOWN;
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> WORKSPACE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> NO_ANSWER_IN_TIME;
            case PERMISSION_DENIED, UNAUTHENTICATED -> REFUSED;
            default -> UNKNOWN;
        };
    }
}
