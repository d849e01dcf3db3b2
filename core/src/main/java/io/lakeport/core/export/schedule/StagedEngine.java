package io.lakeport.core.export.schedule;

import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.job.StagedFolder;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.export.unload.FolderProof;

/** Proves a folder that a run wrote without this process. */
record StagedEngine(StagedFolder folder, String origin) implements Engine {
    @Override
    public String name() {
        return EngineChoice.JOB.text();
    }

    @Override
    public EngineOutcome write(EngineTask task) {
        SourceQuery query = SourceQuery.of(task.run().request(), task.run().plan());
        return FolderProof.proved(task, query, folder.path(), origin);
    }
}
