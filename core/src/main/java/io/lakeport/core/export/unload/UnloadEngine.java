package io.lakeport.core.export.unload;

import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.source.SourceQuery;

/** Lets the warehouse write the files into a folder of the run, and proves them. */
public final class UnloadEngine implements Engine {
    /** Creates the engine. */
    public UnloadEngine() {}

    @Override
    public String name() {
        return EngineChoice.UNLOAD.text();
    }

    @Override
    public EngineOutcome write(EngineTask task) {
        SourceQuery query = SourceQuery.of(task.run().request(), task.run().plan());
        UnloadStatement.Written written = new UnloadStatement(task, query).run();
        String folder = task.journal().folder(written.attempt().number());
        return FolderProof.proved(task, query, folder, written.statementId());
    }
}
