package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseCapability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statement that writes the files, or waits for that of an attempt before. Each statement has a folder of its
 * own, so that one whose end nobody saw cannot add to another's files.
 */
final class UnloadStatement {
    private static final Logger LOG = LoggerFactory.getLogger(UnloadStatement.class);

    /** The statement ended without files that count: failed, or cancelled with its process. */
    private static final Set<ErrorCategory> ENDED = Set.of(
            ErrorCategory.NOT_FOUND,
            ErrorCategory.INVALID_REQUEST,
            ErrorCategory.CANCELLED,
            ErrorCategory.NOT_SUPPORTED);

    private final EngineTask task;
    private final SourceQuery query;

    UnloadStatement(EngineTask task, SourceQuery query) {
        this.task = task;
        this.query = query;
    }

    /** An attempt whose statement ended well. */
    record Written(RunAttempt attempt, String statementId) {}

    Written run() {
        List<RunAttempt> earlier = task.journal().attempts();
        if (earlier.isEmpty()) {
            return execute(1);
        }
        RunAttempt last = earlier.get(earlier.size() - 1);
        return awaited(last).orElseGet(() -> execute(last.number() + 1));
    }

    private Optional<Written> awaited(RunAttempt last) {
        Set<WarehouseCapability> can = task.ports().warehouse().capabilities();
        if (!can.contains(WarehouseCapability.REATTACH)) {
            return Optional.empty();
        }
        Optional<String> id = last.statementId();
        if (id.isEmpty() && can.contains(WarehouseCapability.OUTCOME_LOOKUP)) {
            id = task.ports()
                    .warehouse()
                    .find(last.statementTag(), task.deadline())
                    .map(StatementId::value);
        }
        return id.flatMap(statement -> awaited(last, statement));
    }

    private Optional<Written> awaited(RunAttempt last, String statement) {
        try (ResultStream stream =
                task.ports().warehouse().attach(new StatementId(statement), index -> false, task.deadline())) {
            LOG.info("run {}: statement {} of attempt {} wrote its files", runId(), statement, last.number());
            return Optional.of(new Written(last, stream.statementId().value()));
        } catch (LakeportException e) {
            if (e.is(CoreError.INTERRUPTED) || !ENDED.contains(e.category())) {
                throw e;
            }
            LOG.info("run {}: statement {} did not write its files; another is run", runId(), statement);
            return Optional.empty();
        }
    }

    private Written execute(int number) {
        String tag = UUID.randomUUID().toString().replace("-", "");
        RunAttempt attempt =
                new RunAttempt(number, RunOwner.current(), task.ports().clock().instant(), tag, Optional.empty());
        task.journal().begin(attempt);
        StatementRequest.Builder request =
                StatementRequest.of(sql(number)).purpose(Purpose.EXPORT).tag(tag);
        query.parameters().forEach(request::parameter);
        try (ResultStream stream = task.ports().warehouse().execute(request.build(task.deadline()))) {
            RunAttempt running = attempt.running(stream.statementId().value());
            task.journal().running(running);
            return new Written(running, stream.statementId().value());
        } catch (LakeportException e) {
            throw TargetRefusal.of(e, task.run().request(), task.ports().tenant())
                    .map(refusal -> refusal.error(e, task.run().request()))
                    .orElse(e);
        }
    }

    private String sql(int attempt) {
        return UnloadSql.of(task.run().request(), query, task.journal().folder(attempt));
    }

    private String runId() {
        return task.run().runId();
    }
}
