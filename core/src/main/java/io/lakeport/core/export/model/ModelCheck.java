package io.lakeport.core.export.model;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds the rows that a plan would export against a model. The warehouse counts in one statement on the version that the
 * plan pinned, so that the rows which were judged are those which are exported.
 */
final class ModelCheck {
    private final ExportPorts ports;
    private final DataModel model;

    ModelCheck(ExportPorts ports, DataModel model) {
        this.ports = ports;
        this.model = model;
    }

    ModelReport of(ExportRequest request, ExportPlan plan, Deadline deadline) {
        List<Column> exported = exported(request, plan);
        List<ModelViolation> violations = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (ModelColumn declared : model.columns()) {
            Optional<Column> there = find(exported, declared.name());
            Optional<ModelViolation> wrong = wrongColumn(declared, there, exported);
            wrong.ifPresent(violations::add);
            if (wrong.isEmpty()) {
                there.ifPresent(column -> declared.rules().forEach(rule -> rules.add(new Rule(column, rule))));
            }
        }
        if (model.closed()) {
            exported.stream()
                    .filter(this::isUndeclared)
                    .map(ModelCheck::undeclared)
                    .forEach(violations::add);
        }
        long rows = count(request, plan, rules, violations, deadline);
        return new ModelReport(model.name(), rows, violations);
    }

    private static List<Column> exported(ExportRequest request, ExportPlan plan) {
        return request.columns().isEmpty()
                ? plan.columns()
                : request.columns().stream()
                        .flatMap(name -> find(plan.columns(), name).stream())
                        .toList();
    }

    private static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Optional<ModelViolation> wrongColumn(
            ModelColumn declared, Optional<Column> there, List<Column> exported) {
        if (there.isEmpty()) {
            List<String> names = exported.stream().map(Column::name).toList();
            return Optional.of(new ModelViolation(
                    declared.name(),
                    "is " + declared.type(),
                    "there is no such column" + NearestName.hint(declared.name(), names),
                    OptionalLong.empty()));
        }
        Column column = there.get();
        return column.type().widensTo(declared.type())
                ? Optional.empty()
                : Optional.of(new ModelViolation(
                        column.name(), "is " + declared.type(), "it is " + column.type(), OptionalLong.empty()));
    }

    private boolean isUndeclared(Column column) {
        return model.columns().stream().noneMatch(known -> known.name().equalsIgnoreCase(column.name()));
    }

    private static ModelViolation undeclared(Column column) {
        return new ModelViolation(
                column.name(),
                "is not declared",
                "it is " + column.type() + ", and would be exported",
                OptionalLong.empty());
    }

    private long count(
            ExportRequest request,
            ExportPlan plan,
            List<Rule> rules,
            List<ModelViolation> violations,
            Deadline deadline) {
        SourceQuery source = SourceQuery.of(request, plan);
        List<SqlParameter> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT count(*)");
        for (Rule rule : rules) {
            String column = Identifier.of(rule.column.name()).quoted();
            sql.append(", ").append(rule.rule.broken(column, new BoundValues(parameters, rule.column.type())));
        }
        sql.append(" FROM (").append(source.sql()).append(") AS exported");
        StatementRequest.Builder statement = StatementRequest.of(sql.toString()).purpose(Purpose.DIAGNOSTICS);
        source.parameters().forEach(statement::parameter);
        parameters.forEach(statement::parameter);
        try (RowCursor counts = ports.rows().apply(ports.warehouse().execute(statement.build(deadline)))) {
            counts.next();
            for (int i = 0; i < rules.size(); i++) {
                long broken = counts.getLong(i + 1);
                if (broken > 0) {
                    violations.add(rules.get(i).brokenBy(broken, counts.getLong(0)));
                }
            }
            return counts.getLong(0);
        }
    }

    private record Rule(Column column, ColumnRule rule) {
        ModelViolation brokenBy(long rows, long all) {
            return new ModelViolation(
                    column.name(), rule.text(), "not in " + rows + " of " + all + " rows", OptionalLong.of(rows));
        }
    }
}
