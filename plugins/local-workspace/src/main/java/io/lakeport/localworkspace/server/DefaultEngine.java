package io.lakeport.localworkspace.server;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.localworkspace.engine.Engine;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The engine that a workspace has when nobody gives another: DuckDB behind Databricks SQL. Found by name, so that the
 * server does not depend on any engine's classes, only on the port.
 */
final class DefaultEngine {
    private static final String CLASS = "io.lakeport.localworkspace.engine.duck.DuckEngine";

    private DefaultEngine() {}

    /** Opens it; the tables live in the directory, or in memory when there is none. */
    static Engine open(Optional<Path> dataDirectory) {
        try {
            return (Engine)
                    Class.forName(CLASS).getMethod("open", Optional.class).invoke(null, dataDirectory);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw missing(e);
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }

    private static LakeportException missing(ReflectiveOperationException cause) {
        return new LakeportException(
                CoreError.PROVIDER_MISSING,
                "The local workspace has no SQL engine: " + CLASS + " cannot be opened. Put the whole"
                        + " lakeport-local-workspace jar and its libraries on the class path.",
                cause);
    }
}
