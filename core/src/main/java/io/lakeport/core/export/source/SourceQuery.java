package io.lakeport.core.export.source;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.manifest.ChangeColumns;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement that reads the rows of a plan; the same text for the same plan, in whichever process.
 *
 * @param sql its text, with named parameters
 * @param parameters their values
 */
public record SourceQuery(String sql, List<SqlParameter> parameters) {
    /** Name of the parameter that carries the end of the window before, where a window looks back. */
    static final String TAKEN = "lakeport_taken";

    public SourceQuery {
        parameters = List.copyOf(parameters);
    }

    /** Returns the statement of a plan. */
    public static SourceQuery of(ExportRequest request, ExportPlan plan) {
        return new SourceQuery(new Text(request, plan).rows(), parameters(plan));
    }

    /** Returns the statement whose rows are the partitions that a plan touches, a column for each partition field. */
    static SourceQuery touched(ExportRequest request, ExportPlan plan) {
        return new SourceQuery(new Text(request, plan).touched("lakeport_k"), parameters(plan));
    }

    /**
     * Returns the statement of a plan whose result comes partition by partition, so that a writer has few of them at once.
     * The warehouse sorts, which for a large table takes it about as long as reading it.
     */
    public static SourceQuery byPartition(ExportRequest request, ExportPlan plan) {
        SourceQuery rows = of(request, plan);
        if (request.partitionBy().isEmpty()) {
            return rows;
        }
        String names = request.partitionBy().stream()
                .map(field -> Identifier.of(field.name()).quoted())
                .collect(Collectors.joining(", "));
        return new SourceQuery(rows.sql + " ORDER BY " + names, rows.parameters);
    }

    private static List<SqlParameter> parameters(ExportPlan plan) {
        List<SqlParameter> parameters = new ArrayList<>();
        plan.window().ifPresent(window -> {
            parameters.add(window.highParameter());
            window.lowParameter().ifPresent(parameters::add);
            plan.taken()
                    .map(taken -> new SqlParameter(TAKEN, window.type().toString(), Optional.of(taken.below())))
                    .ifPresent(parameters::add);
        });
        return parameters;
    }

    /** Begins the request for it. */
    public StatementRequest.Builder request() {
        StatementRequest.Builder request = StatementRequest.of(sql).purpose(Purpose.EXPORT);
        parameters.forEach(request::parameter);
        return request;
    }

    /** Builds the text. */
    private static final class Text {
        private static final String RANK = "lakeport_rank";

        private final ExportRequest request;
        private final ExportPlan plan;
        private final SourceColumns columns;
        private final String source;
        private final Optional<FeedRange> changes;

        Text(ExportRequest request, ExportPlan plan) {
            this.request = request;
            this.plan = plan;
            this.columns = new SourceColumns(request, plan.columns());
            this.source = Snapshots.relation(request.source(), plan.snapshotVersion());
            this.changes = plan.feed().filter(range -> !range.isWhole());
        }

        String rows() {
            boolean part = plan.window().isPresent() || changes.isPresent();
            if (request.mode() == ExportMode.OVERWRITE_PARTITIONS && part) {
                return partitions();
            }
            if (plan.taken().isPresent()) {
                return withoutTaken(plan.taken().get());
            }
            String selected = "SELECT " + columns.selection() + changeColumns() + " FROM ";
            return request.keys().isEmpty()
                    ? selected + changed()
                    : selected + "(SELECT *, row_number() OVER (PARTITION BY " + keys() + " ORDER BY " + newestFirst()
                            + ") AS " + RANK + " FROM " + changed() + ") AS ranked WHERE " + RANK + " = 1";
        }

        /** Returns the rows of the increment: those of the window, or those of the feed. */
        private String changed() {
            return changes.map(range -> ChangeFeed.relation(request.source(), range))
                    .orElseGet(() -> source + plan.window().map(Text::condition).orElse(""));
        }

        private static String condition(ExportWindow window) {
            String column = Identifier.of(window.column()).quoted();
            return " WHERE " + column + " < :" + ExportWindow.HIGH
                    + window.low()
                            .map(bound -> " AND " + column + " >= :" + ExportWindow.LOW)
                            .orElse("");
        }

        /** An update that changes a key leaves nothing but its pre-image under the old one, which is thereby deleted. */
        private String changeColumns() {
            if (plan.feed().isEmpty() || request.mode() == ExportMode.OVERWRITE_PARTITIONS) {
                return "";
            }
            if (changes.isEmpty()) {
                return ", 'insert' AS `" + ChangeColumns.TYPE + "`, CAST("
                        + plan.feed().get().last() + " AS BIGINT) AS `" + ChangeColumns.VERSION
                        + "`, CAST(NULL AS TIMESTAMP) AS `" + ChangeColumns.TIMESTAMP + "`";
            }
            String type = "`" + ChangeColumns.TYPE + "`";
            String told = request.keys().isEmpty()
                    ? type
                    : "CASE WHEN " + type + " = 'update_preimage' THEN '" + ChangeColumns.DELETE + "' ELSE " + type
                            + " END AS " + type;
            return ", " + told + ", `" + ChangeColumns.VERSION + "`, `" + ChangeColumns.TIMESTAMP + "`";
        }

        private String keys() {
            return request.keys().stream()
                    .map(key -> Identifier.of(key).quoted())
                    .collect(Collectors.joining(", "));
        }

        private String newestFirst() {
            if (changes.isPresent()) {
                return "`" + ChangeColumns.VERSION + "` DESC, CASE WHEN `" + ChangeColumns.TYPE
                        + "` IN ('insert', 'update_postimage') THEN 0 ELSE 1 END, " + columns.tieBreak();
            }
            return plan.window()
                    .map(window -> Identifier.of(window.column()).quoted() + " DESC, " + columns.tieBreak())
                    .orElseGet(columns::tieBreak);
        }

        private String withoutTaken(ExportPlan.Taken taken) {
            ExportWindow window = plan.window().orElseThrow();
            String column = Identifier.of(window.column()).quoted();
            String behind = " WHERE " + column + " >= :" + ExportWindow.LOW + " AND " + column + " < :" + TAKEN;
            String selected = "SELECT " + columns.selection() + " FROM ";
            return selected + source + " WHERE " + column + " >= :" + TAKEN + " AND " + column + " < :"
                    + ExportWindow.HIGH + " UNION ALL (" + selected + source + behind + " EXCEPT ALL " + selected
                    + Snapshots.relation(request.source(), OptionalLong.of(taken.version())) + behind + ")";
        }

        private String partitions() {
            return "SELECT " + columns.selection() + " FROM (SELECT *, " + directories("lakeport_p") + " FROM " + source
                    + ") AS present LEFT SEMI JOIN (" + touched("lakeport_k") + ") AS touched ON "
                    + IntStream.range(0, request.partitionBy().size())
                            .mapToObj(i -> "present.lakeport_p" + i + " <=> touched.lakeport_k" + i)
                            .collect(Collectors.joining(" AND "));
        }

        String touched(String prefix) {
            return "SELECT DISTINCT " + directories(prefix) + " FROM " + changed();
        }

        private String directories(String prefix) {
            List<PartitionField> fields = request.partitionBy();
            return IntStream.range(0, fields.size())
                    .mapToObj(i -> columns.directory(fields.get(i)) + " AS " + prefix + i)
                    .collect(Collectors.joining(", "));
        }
    }
}
