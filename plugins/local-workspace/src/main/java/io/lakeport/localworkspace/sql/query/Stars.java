package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StarContext;

/** Expands {@code *}, {@code t.*}, {@code struct.*} and their EXCEPT. */
final class Stars {
    private Stars() {}

    static List<Expr> expand(StarContext star, Scope scope) {
        List<Expr> all = star.qualifiedName() == null
                ? visible(scope.columns())
                : qualified(
                        star.qualifiedName().identifier().stream()
                                .map(i -> Identifiers.unquote(i.getText()))
                                .toList(),
                        scope);
        if (star.exceptClause() == null) {
            return all;
        }
        Set<String> left = star.exceptClause().exceptCols.multipartIdentifier().stream()
                .map(Names::of)
                .map(n -> n.get(n.size() - 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> known =
                all.stream().map(e -> e.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        for (String name : left) {
            if (!known.contains(name)) {
                throw SqlErrors.columnNotFound(List.of(name), known);
            }
        }
        return all.stream()
                .filter(e -> !left.contains(e.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<Expr> visible(List<Column> columns) {
        return columns.stream().filter(c -> !c.hidden()).map(Column::toExpr).toList();
    }

    private static List<Expr> qualified(List<String> name, Scope scope) {
        List<Expr> found = new ArrayList<>();
        for (Column c : scope.columns()) {
            if (endsWith(c.qualifier(), name) && !c.isMetadata()) {
                found.add(c.toExpr());
            }
        }
        if (!found.isEmpty()) {
            return found.stream().distinct().toList();
        }
        Expr struct = scope.find(name);
        if (struct != null && struct.type().is(Kind.STRUCT)) {
            List<Expr> fields = new ArrayList<>();
            for (SqlType.Field f : struct.type().fields()) {
                List<String> path = new ArrayList<>(name);
                path.add(f.name());
                fields.add(scope.resolve(path));
            }
            return fields;
        }
        throw SqlErrors.of(
                "CANNOT_RESOLVE_STAR_EXPAND",
                "42704",
                "Cannot resolve " + Identifiers.backticked(name) + ".* given input columns "
                        + scope.columns().stream()
                                .map(c -> Identifiers.backticked(c.name()))
                                .collect(Collectors.joining(", "))
                        + ". Please check that the specified table or struct exists and is accessible in the input "
                        + "columns.");
    }

    private static boolean endsWith(List<String> qualifier, List<String> name) {
        int skip = qualifier.size() - name.size();
        if (skip < 0) {
            return false;
        }
        for (int i = 0; i < name.size(); i++) {
            if (!qualifier.get(skip + i).equalsIgnoreCase(name.get(i))) {
                return false;
            }
        }
        return true;
    }
}
