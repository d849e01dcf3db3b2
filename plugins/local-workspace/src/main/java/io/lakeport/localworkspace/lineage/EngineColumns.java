package io.lakeport.localworkspace.lineage;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the engine for the columns of tables, in the name of whoever ran the statement. */
record EngineColumns(Engine engine, String user) implements TableColumns {
    @Override
    public List<String> of(String fullName) {
        String quoted = Arrays.stream(fullName.split("\\.", 3))
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
        SessionSettings settings = new SessionSettings(user, Optional.empty(), Optional.empty(), Map.of());
        try (EngineSession session = engine.openSession(settings);
                EngineResult result = session.execute("SELECT * FROM " + quoted + " LIMIT 0", List.of())) {
            return result.columns().stream()
                    .map(column -> column.name().toLowerCase(Locale.ROOT))
                    .toList();
        } catch (EngineException e) {
            // Dropped since, or out of sight: then its columns are not told.
            return List.of();
        }
    }
}
