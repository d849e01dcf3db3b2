package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.EngineException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** Spark's failures as the port has them. */
final class SparkErrors {
    private SparkErrors() {}

    static EngineException translate(Throwable failure, boolean cancelled) {
        if (cancelled) {
            return create("OPERATION_CANCELED", "HY008", "[OPERATION_CANCELED] Operation has been canceled.", failure);
        }
        if (failure instanceof EngineException done) {
            return done;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SparkThrowable spark && spark.getCondition() != null) {
                // Spark's analyzer appends its plan, which is nothing that a client should see.
                String message =
                        String.valueOf(t.getMessage()).replaceFirst("(?s);\\s*(line \\d+ pos \\d+;)?\\n'.*", "");
                return create(spark.getCondition(), state(spark), message, failure);
            }
        }
        return create("INTERNAL_ERROR", "XX000", "[INTERNAL_ERROR] " + failure, failure);
    }

    private static String state(SparkThrowable failure) {
        String state = failure.getSqlState();
        return state == null ? "XX000" : state;
    }

    private static EngineException create(String errorClass, String state, String message, @Nullable Throwable cause) {
        return new EngineException(errorClass, state, SparkCatalogs.demangled(message), cause);
    }
}
