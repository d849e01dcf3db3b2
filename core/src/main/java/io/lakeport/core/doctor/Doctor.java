package io.lakeport.core.doctor;

import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.doctor.Finding.Status;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseState;
import io.lakeport.core.workspace.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Use case: checks a tenant's connection in three steps, each built on the one before: a token, the REST API, a SQL
 * statement. The first step that fails names cause and fix; those after it are skipped. Thread-safe; changes nothing
 * in the workspace, but starts a stopped warehouse.
 */
public final class Doctor {
    private static final String ROOT = "/";
    private static final String DIRECTORY = "DIRECTORY";

    private final Tenant tenant;
    private final TokenSource tokens;
    private final ControlPlane controlPlane;
    private final Warehouse warehouse;
    private final Function<ResultStream, RowCursor> rows;

    /** Creates the doctor of one tenant; it closes none of the ports. */
    public Doctor(Tenant tenant, TokenSource tokens, ControlPlane controlPlane, Warehouse warehouse) {
        this(tenant, tokens, controlPlane, warehouse, ArrowRowCursor::over);
    }

    Doctor(
            Tenant tenant,
            TokenSource tokens,
            ControlPlane controlPlane,
            Warehouse warehouse,
            Function<ResultStream, RowCursor> rows) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.controlPlane = Objects.requireNonNull(controlPlane, "controlPlane");
        this.warehouse = Objects.requireNonNull(warehouse, "warehouse");
        this.rows = Objects.requireNonNull(rows, "rows");
    }

    /** Runs the three steps and returns one finding for each, in order. Never throws what a step met. */
    public List<Finding> run(Deadline deadline) {
        List<Finding> findings = new ArrayList<>();
        check(findings, Step.TOKEN, deadline, this::token);
        check(findings, Step.REST, deadline, this::rest);
        check(findings, Step.SQL, deadline, this::sql);
        return List.copyOf(findings);
    }

    private void check(List<Finding> findings, Step step, Deadline deadline, Function<Deadline, String> action) {
        String tried = step.tried(tenant);
        Optional<Finding> failed =
                findings.stream().filter(f -> f.status() == Status.FAILED).findFirst();
        if (failed.isPresent()) {
            String why = "not tried, because step '" + failed.get().step() + "' failed";
            findings.add(finding(step, Status.SKIPPED, tried, why, Optional.empty(), Optional.empty()));
            return;
        }
        try {
            String result = action.apply(deadline);
            findings.add(finding(step, Status.PASSED, tried, result, Optional.empty(), Optional.empty()));
        } catch (LakeportException e) {
            findings.add(failure(step, tried, e));
        } catch (RuntimeException e) {
            LakeportException unexpected = new LakeportException(
                    CoreError.INTERNAL, "unexpected " + e.getClass().getName(), e);
            findings.add(failure(step, tried, unexpected));
        }
    }

    private Finding failure(Step step, String tried, LakeportException e) {
        Remedies.Remedy remedy = Remedies.of(step, e);
        return finding(
                step,
                Status.FAILED,
                tried,
                e.getMessage(),
                Optional.of(remedy),
                Optional.of(e.code().name()));
    }

    private Finding finding(
            Step step,
            Status status,
            String tried,
            String result,
            Optional<Remedies.Remedy> remedy,
            Optional<String> code) {
        return new Finding(
                step.label(),
                status,
                tried,
                result,
                remedy.map(Remedies.Remedy::cause),
                remedy.map(Remedies.Remedy::advice),
                code,
                remedy.flatMap(Remedies.Remedy::reference).orElse(step.reference(tenant)));
    }

    private String token(Deadline deadline) {
        return tokens.token(deadline)
                .expiresAt()
                .map(end -> "an access token that ends at " + end)
                .orElse("a personal access token is configured; whether it is accepted shows in the next step");
    }

    private String rest(Deadline deadline) {
        String type = controlPlane.objectType(ROOT, deadline);
        if (!DIRECTORY.equals(type)) {
            throw new LakeportException(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    "the root of the workspace is a '" + type + "', expected a DIRECTORY");
        }
        return DIRECTORY + "; signed in as " + controlPlane.principal(deadline);
    }

    private String sql(Deadline deadline) {
        WarehouseInfo before = controlPlane.warehouses().get(tenant.defaultWarehouse(), deadline);
        String state = before.name() + " (" + before.tier() + ") was " + before.state();
        try {
            String value = selectOne(deadline);
            if (!"1".equals(value)) {
                throw new LakeportException(
                        CoreError.INTERNAL, "SELECT 1 returned '" + value + "', expected 1; warehouse " + state);
            }
        } catch (LakeportException e) {
            if (before.state() == WarehouseState.RUNNING) {
                throw e;
            }
            throw new LakeportException(e::code, e.getMessage() + " (warehouse " + state + " before the statement)", e);
        }
        return before.state() == WarehouseState.RUNNING
                ? "1, from warehouse " + before.name()
                : "1, from warehouse " + state + " and had to start first";
    }

    private String selectOne(Deadline deadline) {
        StatementRequest request =
                StatementRequest.of("SELECT 1").purpose(Purpose.DIAGNOSTICS).build(deadline);
        // The cursor closes the stream as well; closing twice does nothing.
        try (ResultStream stream = warehouse.execute(request);
                RowCursor cursor = rows.apply(stream)) {
            return cursor.next() ? String.valueOf(cursor.getObject(0)) : "no row";
        }
    }
}
