package io.lakeport.app.demo;

import io.lakeport.app.TenantClient;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.ReconciledEntry;
import io.lakeport.core.audit.ReconciliationReport;
import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ContentDigest;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FileCheck;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.TableName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The main job from end to end, against any workspace: check, query, export in two windows while rows are added and
 * changed between them, prove, account. Walked once, by one thread.
 */
public final class DemoRoad {
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int LEDGER_LINES = 5;
    private static final int LEDGER_ALL = 100;

    private final TenantClient tenant;
    private final DemoPlan plan;
    private final DemoScreen screen;

    /** Creates the road for one tenant. */
    public DemoRoad(TenantClient tenant, DemoPlan plan, DemoScreen screen) {
        this.tenant = tenant;
        this.plan = plan;
        this.screen = screen;
    }

    /**
     * Walks it.
     *
     * @return whether the files were proved equal to the source
     * @throws LakeportException as the step that failed threw it; the table is dropped all the same
     */
    public boolean walk() {
        doctor();
        DemoTable table = source();
        try {
            query(table);
            export("Export 1", table);
            change(table);
            export("Export 2", table);
            boolean equal = prove(table);
            account();
            return equal;
        } finally {
            run(table.dropSql());
        }
    }

    private void doctor() {
        screen.begin();
        DoctorReport report = tenant.doctor(STEP);
        screen.step("Doctor", summary(report));
        report.firstFailure().ifPresent(failed -> {
            throw new LakeportException(
                    CoreError.SERVICE_UNAVAILABLE,
                    "the doctor stopped at '" + failed.step() + "': "
                            + failed.cause().map(Cause::meaning).orElse(failed.result()) + "; "
                            + failed.fixes().stream().map(Fix::line).findFirst().orElse("see lakeport doctor"));
        });
    }

    /** How many checks passed, and each that did not. */
    private static String summary(DoctorReport report) {
        long passed = report.findings().stream()
                .filter(finding -> finding.status() == Finding.Status.PASSED)
                .count();
        String others = report.findings().stream()
                .filter(finding -> finding.status() != Finding.Status.PASSED)
                .map(finding ->
                        ", " + finding.step() + " " + finding.status().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return passed + " of " + report.findings().size() + " checks passed, from the network to SQL" + others;
    }

    private DemoTable source() {
        screen.begin();
        List<Column> columns;
        try (ResultStream stream =
                tenant
                        .query("SELECT * FROM " + plan.origin().quoted() + " LIMIT 0")
                        .purpose(Purpose.DIAGNOSTICS)
                        .stream()) {
            columns = stream.schema().columns();
        }
        if (number("SELECT count(*) FROM " + plan.origin().quoted()) == 0) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    shown(plan.origin())
                            + " has no rows, so there is nothing to export; give a file with at least one");
        }
        PartitionChoice choice = PartitionChoice.of(plan.origin(), columns, this::rows);
        DemoTable table = new DemoTable(plan.table(), plan.origin(), columns, choice.name(), choice.dated());
        run("CREATE SCHEMA IF NOT EXISTS " + schemaOf(plan.table()));
        run(table.createSql());
        screen.step(
                "Source",
                DemoScreen.count(countOf(table), "row") + " of " + shown(plan.origin()) + " copied to "
                        + shown(table.name()));
        return table;
    }

    private static String schemaOf(TableName table) {
        return table.catalog().map(catalog -> catalog.quoted() + ".").orElse("")
                + table.schema().orElseThrow().quoted();
    }

    private static String shown(TableName table) {
        return table.quoted().replace("`", "");
    }

    private void query(DemoTable table) {
        screen.begin();
        String column = "`" + table.partition().replace("`", "``") + "`";
        List<String> top = new ArrayList<>();
        try (RowCursor cursor = rows("SELECT CAST(" + column + " AS STRING) AS value, count(*) AS n FROM "
                + table.name().quoted() + " GROUP BY " + column + " ORDER BY n DESC, value LIMIT 3")) {
            while (cursor.next()) {
                top.add(cursor.getString(0) + ": " + String.format(java.util.Locale.ROOT, "%,d", cursor.getLong(1)));
            }
        }
        screen.step("Query", "rows by '" + table.partition() + "', the three largest");
        screen.detail(String.join("   ", top));
    }

    private void export(String name, DemoTable table) {
        screen.begin();
        ExportRequest request = ExportRequest.full(table.name(), plan.target())
                .incremental(DemoTable.UPDATED)
                .partitionedBy(List.of(table.partition()));
        Optional<ExportManifest> manifest = tenant.export(request, STEP, progress -> {});
        screen.step(
                name,
                manifest.map(DemoRoad::summary).orElse("nothing was new, which should not be: the table has rows"));
        manifest.flatMap(ExportManifest::window)
                .map(ExportWindow::toString)
                .ifPresent(window -> screen.detail("changed " + window.replace(DemoTable.UPDATED + " ", "")));
    }

    private static String summary(ExportManifest manifest) {
        return DemoScreen.count(manifest.rows(), "row") + " in "
                + DemoScreen.count(manifest.files().size(), "Parquet file") + ", partitioned, "
                + DemoScreen.size(manifest.bytes());
    }

    private void change(DemoTable table) {
        screen.begin();
        long before = countOf(table);
        run(table.addSql(before));
        long added = countOf(table) - before;
        run(table.changeSql());
        long changed = number("SELECT count(*) FROM " + table.name().quoted() + " WHERE " + table.changedRows());
        screen.step(
                "Changes",
                DemoScreen.count(added, "row") + " added and " + String.format(java.util.Locale.ROOT, "%,d", changed)
                        + " changed in the source");
    }

    private boolean prove(DemoTable table) {
        screen.begin();
        List<Column> columns = tableColumns(table);
        ContentDigest source = digest(columns, table.name().quoted());
        ContentDigest files = digest(columns, table.latestOfFiles(plan.target().toString()));
        FileCheck check = tenant.verify(plan.target());
        boolean equal = source.equals(files) && check.problems().isEmpty();
        screen.step("Proof", equal ? "the files equal the source" : "THE FILES DIFFER FROM THE SOURCE");
        screen.detail("source  " + shown(source));
        screen.detail("files   " + shown(files) + "  (read by the workspace's own engine)");
        screen.detail(check.files() - check.problems().size() + " of " + DemoScreen.count(check.files(), "file")
                + " have the size and SHA-256 of their manifest");
        return equal;
    }

    private static String shown(ContentDigest digest) {
        return String.format(
                java.util.Locale.ROOT,
                "%,d rows  checksum %s",
                digest.rows(),
                digest.checksum().toPlainString());
    }

    private List<Column> tableColumns(DemoTable table) {
        try (ResultStream stream =
                tenant
                        .query("SELECT * FROM " + table.name().quoted() + " LIMIT 0")
                        .purpose(Purpose.DIAGNOSTICS)
                        .stream()) {
            return stream.schema().columns();
        }
    }

    private ContentDigest digest(List<Column> columns, String relation) {
        try (RowCursor cursor = rows(ContentDigest.sql(columns, relation))) {
            cursor.next();
            BigDecimal checksum = Objects.requireNonNull(cursor.getDecimal(1), "checksum");
            return new ContentDigest(cursor.getLong(0), checksum.stripTrailingZeros());
        }
    }

    private void account() {
        screen.begin();
        List<LedgerEntry> entries = tenant.ledger(LEDGER_ALL);
        ReconciliationReport report = tenant.reconcile("rest", entries.size(), Duration.ofMinutes(2), STEP);
        long matched = report.entries().stream()
                .filter(entry -> entry.verdict() == ReconciledEntry.Verdict.MATCHED)
                .count();
        screen.step(
                "Ledger",
                DemoScreen.count(entries.size(), "statement") + " recorded, " + matched
                        + " of them found in the workspace's query history");
        screen.detail(String.format("%-12s %-10s %9s  %-9s %s", "purpose", "outcome", "rows", "took", "statement"));
        entries.stream().limit(LEDGER_LINES).forEach(this::ledgerLine);
    }

    private void ledgerLine(LedgerEntry entry) {
        screen.detail(String.format(
                java.util.Locale.ROOT,
                "%-12s %-10s %,9d  %-9s %s",
                entry.purpose().tag(),
                entry.outcome().name().toLowerCase(java.util.Locale.ROOT),
                entry.rows(),
                entry.duration().toMillis() + " ms",
                entry.statementId().orElse("-")));
    }

    private long countOf(DemoTable table) {
        return number("SELECT count(*) FROM " + table.name().quoted());
    }

    private long number(String sql) {
        try (RowCursor cursor = rows(sql)) {
            cursor.next();
            return cursor.getLong(0);
        }
    }

    private RowCursor rows(String sql) {
        return tenant.query(sql).purpose(Purpose.DIAGNOSTICS).timeout(STEP).rows();
    }

    private void run(String sql) {
        try (ResultStream stream = tenant.query(sql).purpose(Purpose.WRITE_BACK).timeout(STEP).stream()) {
            for (Optional<ResultChunk> chunk = stream.next(); chunk.isPresent(); chunk = stream.next()) {
                chunk.get().close();
            }
        }
    }
}
