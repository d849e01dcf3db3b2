package io.lakeport.core.export.stream;

import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.request.EngineChoice;

/** Reads the result through this process and encodes it in parallel, segment by segment. */
public final class StreamEngine implements Engine {
    /** Creates the engine. */
    public StreamEngine() {}

    @Override
    public String name() {
        return EngineChoice.STREAM.text();
    }

    @Override
    public EngineOutcome write(EngineTask task) {
        try (AttemptStatement statement = new StatementOpener(task).open()) {
            return new StreamAttempt(task, statement).run();
        }
    }
}
