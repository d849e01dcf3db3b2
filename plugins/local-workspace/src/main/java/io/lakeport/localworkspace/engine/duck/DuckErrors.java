package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives DuckDB's failures the class, state and text that Databricks has for them. */
final class DuckErrors {
    private static final String CANCELED = "OPERATION_CANCELED";

    /** Functions of ours fail with the finished text; it only has to be found. */
    private static final Pattern OURS = Pattern.compile("\\[([A-Z0-9_.]+)\\] .* SQLSTATE: (\\w{5})", Pattern.DOTALL);

    private DuckErrors() {}

    static EngineException cancelled(@Nullable Throwable cause) {
        return create(CANCELED, "HY008", "Operation has been canceled.", cause);
    }

    /** A query failed before its first row, and did not fail again when it was asked why. */
    static EngineException unexplained(@Nullable Throwable cause) {
        return create(
                "INTERNAL_ERROR",
                "XX000",
                "The query failed before its first row and the engine of the local workspace did not tell why in the"
                        + " time that the failed run took. Run it again, or run a part of it.",
                cause);
    }

    static EngineException translate(Throwable failure) {
        if (failure instanceof EngineException done) {
            return done;
        }
        String message = String.valueOf(failure.getMessage());
        Matcher ours = OURS.matcher(message);
        if (ours.find()) {
            return new EngineException(ours.group(1), ours.group(2), ours.group(), failure);
        }
        String lower = message.toLowerCase(Locale.ROOT);
        ErrorRules.Rule rule = ErrorRules.of(lower);
        if (rule != null) {
            return create(rule.errorClass(), rule.state(), rule.text(), failure);
        }
        return create(
                "UNSUPPORTED_FEATURE.LOCAL_WORKSPACE",
                "0A000",
                "The feature is not supported: the engine of the local workspace refused the statement: " + message
                        + " Run it on a Databricks workspace.",
                failure);
    }

    private static EngineException create(String errorClass, String state, String text, @Nullable Throwable cause) {
        return new EngineException(errorClass, state, "[" + errorClass + "] " + text + " SQLSTATE: " + state, cause);
    }
}
