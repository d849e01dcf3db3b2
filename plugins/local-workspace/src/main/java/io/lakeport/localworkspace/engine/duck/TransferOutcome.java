package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.FileTransfer;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A result without rows that says which file the client is to move. */
record TransferOutcome(EngineResult empty, FileTransfer file) implements EngineResult {
    @Override
    public List<EngineColumn> columns() {
        return List.of();
    }

    @Override
    public ArrowReader reader() {
        return empty.reader();
    }

    @Override
    public String statementType() {
        return empty.statementType();
    }

    @Override
    public Optional<FileTransfer> transfer() {
        return Optional.of(file);
    }

    @Override
    public void close() {
        empty.close();
    }
}
