package io.lakeport.core.export.stream;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.engine.EngineTask;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.WarehouseCapability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the result that an attempt writes: that of the attempt before, while it lives, so that its segments count; a new
 * statement on the same snapshot otherwise, whose rows may come in another order, so that they do not.
 */
final class StatementOpener {
    private static final Logger LOG = LoggerFactory.getLogger(StatementOpener.class);

    private final EngineTask task;

    StatementOpener(EngineTask task) {
        this.task = task;
    }

    AttemptStatement open() {
        List<RunAttempt> earlier = task.journal().attempts();
        if (earlier.isEmpty()) {
            return execute(1);
        }
        RunAttempt last = earlier.get(earlier.size() - 1);
        Optional<AttemptStatement> attached = reattach(last);
        return attached.orElseGet(() -> execute(last.number() + 1));
    }

    private Optional<AttemptStatement> reattach(RunAttempt last) {
        if (!task.ports().warehouse().capabilities().contains(WarehouseCapability.REATTACH)) {
            return Optional.empty();
        }
        Optional<String> id = last.statementId().or(() -> lookUp(last.statementTag()));
        return id.flatMap(statement -> reattach(last, statement));
    }

    private Optional<AttemptStatement> reattach(RunAttempt last, String statementId) {
        Set<Long> written = new HashSet<>();
        List<Segment> done = withoutOverlap(task.journal().segments(statementId), written);
        ResultStream stream;
        try {
            stream = task.ports()
                    .warehouse()
                    .attach(new StatementId(statementId), index -> !written.contains(index), task.deadline());
        } catch (LakeportException e) {
            if (e.is(CoreError.INTERRUPTED) || !endsStatement(e.category())) {
                throw e;
            }
            LOG.info("run {}: the result of statement {} is gone; the snapshot is read again", runId(), statementId);
            return Optional.empty();
        }
        LOG.info("run {}: {} chunks of statement {} are written already", runId(), written.size(), statementId);
        return Optional.of(begun(
                new RunAttempt(
                        last.number() + 1,
                        RunOwner.current(),
                        task.ports().clock().instant(),
                        last.statementTag(),
                        Optional.of(statementId)),
                stream,
                done));
    }

    /** Two processes may have worked on one run for a while; a chunk that both wrote counts once. */
    private static List<Segment> withoutOverlap(List<Segment> segments, Set<Long> written) {
        List<Segment> kept = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.chunks().stream().noneMatch(written::contains)) {
                written.addAll(segment.chunks());
                kept.add(segment);
            }
        }
        return kept;
    }

    /** The statement ended without a result that can be read: expired, failed, or cancelled with its process. */
    private static boolean endsStatement(ErrorCategory category) {
        return category == ErrorCategory.NOT_FOUND
                || category == ErrorCategory.INVALID_REQUEST
                || category == ErrorCategory.CANCELLED
                || category == ErrorCategory.NOT_SUPPORTED;
    }

    private Optional<String> lookUp(String tag) {
        return task.ports().warehouse().find(tag, task.deadline()).map(StatementId::value);
    }

    private AttemptStatement execute(int number) {
        String tag = UUID.randomUUID().toString().replace("-", "");
        RunAttempt attempt =
                new RunAttempt(number, RunOwner.current(), task.ports().clock().instant(), tag, Optional.empty());
        // Recorded first: whoever finds the run can then find the statement, whatever happens to this process.
        task.journal().begin(attempt);
        ResultStream stream =
                task.ports().warehouse().execute(query().request().tag(tag).build(task.deadline()));
        return running(attempt, stream, List.of());
    }

    /** Rows that cannot wait on this machine's disk for their partition to be complete must come in its order. */
    private SourceQuery query() {
        ExportRequest request = task.run().request();
        boolean anyOrder = task.ports().tuning().scratch().isPresent()
                && task.ports().formats().apply(request.format()).sortsInScratch();
        return anyOrder
                ? SourceQuery.of(request, task.run().plan())
                : SourceQuery.byPartition(request, task.run().plan());
    }

    private AttemptStatement begun(RunAttempt attempt, ResultStream stream, List<Segment> done) {
        try {
            task.journal().begin(attempt);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
        return running(attempt, stream, done);
    }

    private AttemptStatement running(RunAttempt attempt, ResultStream stream, List<Segment> done) {
        RunAttempt running = attempt.running(stream.statementId().value());
        try {
            task.journal().running(running);
        } catch (RuntimeException | Error e) {
            stream.close();
            throw e;
        }
        return new AttemptStatement(running, stream, done);
    }

    private String runId() {
        return task.run().runId();
    }
}
