package io.lakeport.core.export.source;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statement that reads the rows of a plan; the same text for the same plan, in whichever process.
 *
 * @param sql its text, with named parameters
 * @param parameters their values
 */
public record SourceQuery(String sql, List<SqlParameter> parameters) {
    public SourceQuery {
        parameters = List.copyOf(parameters);
    }

    /** Returns the statement of a plan. */
    public static SourceQuery of(ExportRequest request, ExportPlan plan) {
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(selection(request))
                .append(" FROM ")
                .append(Snapshots.relation(request.source(), plan.snapshotVersion()));
        List<SqlParameter> parameters = new ArrayList<>();
        plan.window().ifPresent(window -> {
            sql.append(" WHERE ").append(condition(window));
            parameters.add(window.highParameter());
            window.lowParameter().ifPresent(parameters::add);
        });
        return new SourceQuery(sql.toString(), parameters);
    }

    private static String selection(ExportRequest request) {
        String columns = request.columns().isEmpty()
                ? "*"
                : request.columns().stream()
                        .map(name -> Identifier.of(name).quoted())
                        .collect(Collectors.joining(", "));
        return columns
                + request.partitionBy().stream()
                        .filter(PartitionField::isDerived)
                        .map(field -> ", " + field.expression() + " AS "
                                + Identifier.of(field.name()).quoted())
                        .collect(Collectors.joining());
    }

    private static String condition(ExportWindow window) {
        String column = Identifier.of(window.column()).quoted();
        Optional<String> low = window.low().map(bound -> " AND " + column + " >= :" + ExportWindow.LOW);
        return column + " < :" + ExportWindow.HIGH + low.orElse("");
    }

    /** Begins the request for it. */
    public StatementRequest.Builder request() {
        StatementRequest.Builder request = StatementRequest.of(sql).purpose(Purpose.EXPORT);
        parameters.forEach(request::parameter);
        return request;
    }
}
