package io.lakeport.core.export.proof;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ContentDigest;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.proof.SourceCheck.Outcome;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.export.unload.WarehousePath;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sets runs beside their source. Both sides are computed by the workspace: none of the code that wrote the files has a
 * part in it.
 */
final class SourceProof {
    /** A statement that names more files than this is refused or slow; the numbers of rows are compared all the same. */
    private static final int MOST_FILES = 200;

    private final ExportPorts ports;
    private final URI target;
    private final Deadline deadline;

    SourceProof(ExportPorts ports, URI target, Deadline deadline) {
        this.ports = ports;
        this.target = target;
        this.deadline = deadline;
    }

    /** Returns what came of the comparison; {@code previous} is the run before, empty for the first. */
    SourceCheck check(ExportManifest run, Optional<ExportManifest> previous) {
        Optional<String> impossible = impossible(run, previous);
        if (impossible.isPresent()) {
            return SourceCheck.impossible(impossible.get());
        }
        SourceQuery query = query(run);
        Outcome rows;
        try {
            rows = equal(digest(List.of(), "(" + query.sql() + ") AS s", query.parameters())
                            .rows()
                    == run.rows());
        } catch (LakeportException e) {
            return SourceCheck.impossible(answer(e, "the version that was read"));
        }
        Optional<String> unreadable = unreadable(run);
        if (unreadable.isPresent()) {
            return new SourceCheck(rows, Outcome.NOT_COMPARED, unreadable);
        }
        return content(run, query, rows);
    }

    private static Optional<String> impossible(ExportManifest run, Optional<ExportManifest> previous) {
        if (run.origin().snapshotVersion().isEmpty()) {
            return Optional.of("the source has no versions: it may have changed since");
        }
        if (run.origin().feed().isPresent()) {
            return Optional.of("the run holds changes, which are no rows of one version");
        }
        boolean whole = run.mode() == ExportMode.CREATE
                || run.mode() == ExportMode.OVERWRITE
                || run.mode() == ExportMode.APPEND;
        if (!whole) {
            return Optional.of("a run that merges or replaces partitions holds other rows than its window");
        }
        Optional<String> low = run.window().flatMap(ExportWindow::low);
        Optional<String> before = previous.flatMap(ExportManifest::window).map(ExportWindow::high);
        return low.isPresent() && !low.equals(before)
                ? Optional.of("the window looks back, and holds only what the run before had not seen")
                : Optional.empty();
    }

    private static SourceQuery query(ExportManifest run) {
        ExportRequest request = ExportRequest.full(TableName.parse(run.source()), URI.create("proof:///"));
        return SourceQuery.of(
                request,
                new ExportPlan(
                        run.origin().snapshotVersion(),
                        run.window(),
                        Optional.empty(),
                        Optional.empty(),
                        run.columns(),
                        Set.of()));
    }

    private Optional<String> unreadable(ExportManifest run) {
        if (!run.format().equals("parquet") || run.files().size() > MOST_FILES) {
            return Optional.of("content is compared of up to " + MOST_FILES + " Parquet files in a run, this one has "
                    + run.files().size() + " of " + run.format());
        }
        return WarehousePath.of(target).isPresent()
                ? Optional.empty()
                : Optional.of("the workspace cannot read '" + target + "', so that only rows were counted");
    }

    private SourceCheck content(ExportManifest run, SourceQuery query, Outcome rows) {
        // Directory columns are not in the files, and derived ones not in the source.
        List<Column> columns = run.columns().stream()
                .filter(column -> !run.partitionBy().contains(column.name()))
                .toList();
        try {
            ContentDigest source = digest(columns, "(" + query.sql() + ") AS s", query.parameters());
            ContentDigest files = digest(columns, files(run, columns), List.of());
            return new SourceCheck(rows, equal(source.equals(files)), Optional.empty());
        } catch (LakeportException e) {
            return new SourceCheck(rows, Outcome.NOT_COMPARED, Optional.of(answer(e, "the files")));
        }
    }

    private String files(ExportManifest run, List<Column> columns) {
        String root = WarehousePath.of(target).orElseThrow().text();
        String selected = columns.stream()
                .map(column -> Identifier.of(column.name()).quoted())
                .collect(Collectors.joining(", "));
        return run.files().stream()
                .map(file -> "SELECT " + selected + " FROM parquet."
                        // A path may be longer than a name.
                        + "`" + (root + file.object().key()).replace("`", "``") + "`")
                .collect(Collectors.joining(" UNION ALL ", "(", ") AS f"));
    }

    private ContentDigest digest(List<Column> columns, String relation, List<SqlParameter> parameters) {
        String sql = columns.isEmpty()
                ? "SELECT count(*) AS rows, CAST(0 AS DECIMAL(38,0)) AS checksum FROM " + relation
                : ContentDigest.sql(columns, relation);
        StatementRequest.Builder request = StatementRequest.of(sql).purpose(Purpose.DIAGNOSTICS);
        parameters.forEach(request::parameter);
        try (RowCursor cursor = ports.rows().apply(ports.warehouse().execute(request.build(deadline)))) {
            cursor.next();
            BigDecimal checksum = Objects.requireNonNull(cursor.getDecimal(1));
            return new ContentDigest(cursor.getLong(0), checksum.stripTrailingZeros());
        }
    }

    private static Outcome equal(boolean same) {
        return same ? Outcome.EQUAL : Outcome.DIFFERENT;
    }

    private static String answer(LakeportException e, String what) {
        if (e.category() == ErrorCategory.CANCELLED || e.category() == ErrorCategory.DEADLINE_EXCEEDED) {
            throw e;
        }
        return what + " cannot be read: " + e.getMessage();
    }
}
