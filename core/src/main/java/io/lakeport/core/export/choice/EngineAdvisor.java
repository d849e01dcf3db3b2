package io.lakeport.core.export.choice;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.unload.TargetRefusal;
import io.lakeport.core.export.unload.WarehousePath;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the facts for the choice of an engine. Nothing is written; the workspace is asked only where its answer can
 * matter, because each question is a statement.
 */
public final class EngineAdvisor {
    private static final Logger LOG = LoggerFactory.getLogger(EngineAdvisor.class);

    private static final String NO_PROVIDER = "this host has no provider that deploys jobs";

    private final ExportPorts ports;
    private final EngineRoster roster;
    private final Deadline deadline;

    /** Creates the advisor of one tenant. */
    public EngineAdvisor(ExportPorts ports, EngineRoster roster, Deadline deadline) {
        this.ports = ports;
        this.roster = roster;
        this.deadline = deadline;
    }

    /**
     * Returns the engine for a plan.
     *
     * @param history published runs of the target, oldest first
     * @param everything whether the workspace is asked also what does not change the choice, for a person who reads it
     * @throws LakeportException NOT_SUPPORTED when what was asked for cannot be, or nothing can
     */
    public Choice choose(ExportRequest request, ExportPlan plan, List<ExportManifest> history, boolean everything) {
        Facts known = known(request, plan);
        boolean warehouseCounts = EnginePlanner.verdicts(known).stream()
                .anyMatch(verdict -> verdict.engine() != EngineChoice.STREAM && verdict.isPossible());
        if (!everything && (request.engine() == EngineChoice.STREAM || !warehouseCounts)) {
            return EnginePlanner.choose(known);
        }
        OptionalLong bytes = bytes(request, history);
        boolean small = bytes.isEmpty() || bytes.getAsLong() < roster.unloadFrom();
        boolean streams =
                request.engine() == EngineChoice.AUTO && roster.allowed().contains(EngineChoice.STREAM) && small;
        boolean ask = warehouseCounts && (everything || !streams);
        boolean askJob = ask && (everything || needsJob(request));
        return EnginePlanner.choose(
                known.asked(bytes, ask ? refusal(request) : Optional.empty(), askJob ? noJob(request) : known.noJob()));
    }

    private Facts known(ExportRequest request, ExportPlan plan) {
        return new Facts(
                request.engine(),
                roster.allowed(),
                request.format(),
                ports.formats().apply(request.format()).rowCounter().isPresent(),
                request.partitionBy().size(),
                request.options().keySet(),
                plan.snapshotVersion().isPresent(),
                OptionalLong.empty(),
                roster.unloadFrom(),
                request.target().getScheme(),
                WarehousePath.of(request.target()).isPresent(),
                ports.tenant().scope().access() == AccessProfile.WRITE_BACK,
                Optional.empty(),
                roster.job().isPresent() ? Optional.empty() : Optional.of(NO_PROVIDER));
    }

    private boolean needsJob(ExportRequest request) {
        return request.engine() == EngineChoice.JOB
                || request.engine() == EngineChoice.AUTO && roster.allowed().equals(Set.of(EngineChoice.JOB));
    }

    private Optional<String> noJob(ExportRequest request) {
        return roster.job()
                .map(engine -> engine.objection(ports, request, deadline))
                .orElse(Optional.of(NO_PROVIDER));
    }

    /** An increment is about as large as the one before; a table as its files are. */
    private OptionalLong bytes(ExportRequest request, List<ExportManifest> history) {
        if (request.increment().isPresent() && !history.isEmpty()) {
            return OptionalLong.of(history.get(history.size() - 1).bytes());
        }
        String sql = "DESCRIBE DETAIL " + request.source().quoted();
        try (ResultStream stream = ports.warehouse().execute(statement(sql))) {
            int column = -1;
            for (int i = 0; i < stream.schema().columns().size(); i++) {
                column = stream.schema().columns().get(i).name().equalsIgnoreCase("sizeInBytes") ? i : column;
            }
            if (column < 0) {
                return OptionalLong.empty();
            }
            try (RowCursor rows = ports.rows().apply(stream)) {
                return rows.next() && !rows.isNull(column)
                        ? OptionalLong.of(rows.getLong(column))
                        : OptionalLong.empty();
            }
        } catch (LakeportException e) {
            return unknown(e, request);
        }
    }

    private static OptionalLong unknown(LakeportException e, ExportRequest request) {
        if (!isAnswer(e.category())) {
            throw e;
        }
        LOG.debug("the size of {} is not known: {}", request.source(), e.getMessage());
        return OptionalLong.empty();
    }

    /** Asks whether the workspace governs the place and lets this tenant see it; writing itself is not tried. */
    private Optional<String> refusal(ExportRequest request) {
        WarehousePath target = WarehousePath.of(request.target()).orElseThrow();
        Optional<WarehousePath> volume = target.volume();
        String path = volume.orElse(target).literal();
        try (ResultStream stream = ports.warehouse().execute(statement("LIST " + path + " LIMIT 1"))) {
            LOG.debug("statement {} lists the target", stream.statementId());
            return Optional.empty();
        } catch (LakeportException e) {
            if (!isAnswer(e.category())) {
                throw e;
            }
            // A folder that is not there yet is no refusal; a volume that is not there is one.
            return e.category() == ErrorCategory.NOT_FOUND && volume.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TargetRefusal.of(e, request, ports.tenant())
                            .map(TargetRefusal::advice)
                            .orElse(e.getMessage()));
        }
    }

    private static boolean isAnswer(ErrorCategory category) {
        return category == ErrorCategory.INVALID_REQUEST
                || category == ErrorCategory.PERMISSION_DENIED
                || category == ErrorCategory.NOT_FOUND
                || category == ErrorCategory.NOT_SUPPORTED;
    }

    private StatementRequest statement(String sql) {
        return StatementRequest.of(sql).purpose(Purpose.EXPORT).build(deadline);
    }
}
