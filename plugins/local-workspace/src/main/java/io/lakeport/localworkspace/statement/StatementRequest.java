package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.engine.EngineParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement as a client posted it, defaults filled in.
 *
 * @param sql its text
 * @param warehouseId where it runs
 * @param sessionId session it belongs to, empty for one of its own
 * @param catalog current catalog, empty for the default
 * @param schema current schema, empty for the default
 * @param parameters named or positional parameters
 * @param delivery how the result is wanted
 * @param waitTimeout how long the first answer may take; zero answers at once
 * @param cancelOnTimeout whether the statement is cancelled when that time is over
 * @param queryTags tags of this statement
 */
record StatementRequest(
        String sql,
        String warehouseId,
        Optional<String> sessionId,
        Optional<String> catalog,
        Optional<String> schema,
        List<EngineParameter> parameters,
        Delivery delivery,
        Duration waitTimeout,
        boolean cancelOnTimeout,
        Map<String, String> queryTags) {
    StatementRequest {
        parameters = List.copyOf(parameters);
        queryTags = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(queryTags));
    }
}
