package io.lakeport.core.export.engine;

import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import java.util.List;

/**
 * What an engine wrote.
 *
 * @param statementIds statements whose results were written
 * @param columns columns of the files and their directories
 * @param files the files, ordered by key
 */
public record EngineOutcome(List<String> statementIds, List<Column> columns, List<WrittenFile> files) {
    public EngineOutcome {
        statementIds = List.copyOf(statementIds);
        columns = List.copyOf(columns);
        files = List.copyOf(files);
    }

    /** Returns the rows in all files together. */
    public long rows() {
        return files.stream().mapToLong(WrittenFile::rows).sum();
    }
}
