package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.Engine;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.manifest.WrittenFile;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lets the warehouse write the files into a folder of the run, and proves them: each file is read once for its checksum
 * and its rows, and the rows of all files are compared with a count at the same version of the source.
 */
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
        SourceRows rows = new SourceRows(task.ports(), task.deadline());
        long expected = rows.count(query);
        List<WrittenFile> files = new FolderFiles(task)
                .read(task.journal().folder(written.attempt().number()), OptionalLong.of(expected));
        requireAll(expected, files, written.statementId());
        return new EngineOutcome(List.of(written.statementId()), rows.columns(query), files);
    }

    /** Throws when the files do not hold as many rows as the source has. */
    static void requireAll(long expected, List<WrittenFile> files, String statementId) {
        long found = files.stream().mapToLong(WrittenFile::rows).sum();
        if (found != expected) {
            throw new LakeportException(
                            CoreError.RESULT_CORRUPT,
                            "the source holds " + expected + " rows and the warehouse wrote " + found
                                    + "; nothing was published; run the export again")
                    .with("statement_id", statementId);
        }
    }
}
