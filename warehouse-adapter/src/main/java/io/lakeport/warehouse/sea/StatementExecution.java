package io.lakeport.warehouse.sea;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.warehouse.http.WorkspaceApi;
import io.lakeport.warehouse.result.ChunkStream;
import io.lakeport.warehouse.result.StoredResult;
import io.lakeport.warehouse.sea.OpenResults.Afterwards;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements and opens their results. Where the storage that results lie in is out of reach, a statement that only
 * reads is run once more with its result inside the answers, which hold up to 25 MiB. Thread-safe.
 */
final class StatementExecution {
    private static final Logger LOG = LoggerFactory.getLogger(StatementExecution.class);

    private final WorkspaceApi api;
    private final StatementApi statements;
    private final OpenResults results;
    private final DialectMemory dialect;
    private final SeaLimits limits;
    private final CountDownLatch closing;

    StatementExecution(
            StatementApi statements,
            OpenResults results,
            DialectMemory dialect,
            SeaLimits limits,
            CountDownLatch closing) {
        this.api = statements.api();
        this.statements = statements;
        this.results = results;
        this.dialect = dialect;
        this.limits = limits;
        this.closing = closing;
    }

    ResultStream run(StatementRequest request) {
        StatementAnswer answer = toSuccess(request, dialect);
        ChunkStream stream = opened(request, answer);
        Optional<LakeportException> blocked = results.blocked(stream, answer, request.deadline());
        if (blocked.isEmpty()) {
            return stream;
        }
        stream.close();
        return inline(request, blocked.get());
    }

    private StatementAnswer toSuccess(StatementRequest request, DialectMemory spoken) {
        Submission submission = new Submission(api, request, spoken);
        try {
            return new StatementRun(statements, request.deadline(), submission, limits, closing).toSuccess();
        } finally {
            submission.release();
        }
    }

    private ChunkStream opened(StatementRequest request, StatementAnswer answer) {
        // An export that is killed comes back for the rest of its result.
        Afterwards afterwards = request.purpose() == Purpose.EXPORT ? Afterwards.KEEP : Afterwards.FORGET;
        boolean isOpen = false;
        try {
            ResultChecks.check(request.rowLimit(), answer, OpenResults.manifest(answer));
            ChunkStream stream = results.open(answer, StoredResult.ALL, afterwards, request.deadline());
            isOpen = true;
            return stream;
        } finally {
            if (!isOpen) {
                answer.discard();
                results.leave(answer, Afterwards.FORGET);
            }
        }
    }

    private ResultStream inline(StatementRequest request, LakeportException blocked) {
        if (!ReadOnly.isCertain(request.sql())) {
            throw blocked;
        }
        LOG.warn(
                "statement with tag {} is run again with its result inside the answers: {}",
                request.tag(),
                blocked.getMessage());
        try {
            StatementAnswer answer =
                    toSuccess(request, new DialectMemory(dialect.get().inline()));
            return new NotedStream(
                    opened(request, answer),
                    List.of("The result came inside the answers, as JSON: " + blocked.getMessage()));
        } catch (LakeportException e) {
            throw e.is(CoreError.STATEMENT_FAILED) || e.is(CoreError.RESULT_TRUNCATED) ? tooLarge(blocked, e) : e;
        }
    }

    private static LakeportException tooLarge(LakeportException blocked, LakeportException inline) {
        return new LakeportException(
                CoreError.STORAGE_BLOCKED,
                blocked.getMessage() + "; the result does not fit into the answers either: " + inline.getMessage(),
                inline);
    }
}
