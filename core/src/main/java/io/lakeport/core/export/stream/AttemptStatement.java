package io.lakeport.core.export.stream;

import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.query.ResultStream;
import java.util.List;

/**
 * The result that an attempt writes.
 *
 * @param attempt the attempt, with the statement's id
 * @param stream the chunks that no segment holds yet
 * @param done segments of earlier attempts with rows of this statement
 */
record AttemptStatement(RunAttempt attempt, ResultStream stream, List<Segment> done) implements AutoCloseable {
    AttemptStatement {
        done = List.copyOf(done);
    }

    @Override
    public void close() {
        stream.close();
    }
}
