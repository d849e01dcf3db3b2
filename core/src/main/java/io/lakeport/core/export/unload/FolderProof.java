package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineOutcome;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.manifest.WrittenFile;
import java.util.List;
import java.util.OptionalLong;

/**
 * Proves what somebody else wrote into a folder of the target: each file is read once for its checksum and its rows, and
 * the rows of all files are compared with a count at the same version of the source.
 */
public final class FolderProof {
    private FolderProof() {}

    /**
     * Returns the proved files.
     *
     * @param query rows that the folder should hold
     * @param folder key prefix, ending in a slash
     * @param origin what wrote them, for the manifest: a statement's id or a job run
     * @throws LakeportException UNAVAILABLE (RESULT_CORRUPT) when the files do not hold as many rows as the source has
     */
    public static EngineOutcome proved(EngineTask task, SourceQuery query, String folder, String origin) {
        SourceRows rows = new SourceRows(task.ports(), task.deadline());
        long expected = rows.count(query);
        List<WrittenFile> files = new FolderFiles(task).read(folder, OptionalLong.of(expected));
        requireAll(expected, files, origin);
        return new EngineOutcome(List.of(origin), rows.columns(query), files);
    }

    static void requireAll(long expected, List<WrittenFile> files, String origin) {
        long found = files.stream().mapToLong(WrittenFile::rows).sum();
        if (found != expected) {
            throw new LakeportException(
                            CoreError.RESULT_CORRUPT,
                            "the source holds " + expected + " rows and the warehouse wrote " + found
                                    + "; nothing was published; run the export again")
                    .with("statement_id", origin);
        }
    }
}
