package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Aliases of relations and their columns. */
final class Aliases {
    private Aliases() {}

    static List<String> names(SqlBaseParser.IdentifierListContext ctx) {
        return ctx.identifierSeq().ident.stream()
                .map(i -> Identifiers.unquote(i.getText()))
                .toList();
    }

    static List<String> names(SqlBaseParser.TableAliasContext ctx, int width) {
        if (ctx.identifierList() != null) {
            List<String> given = names(ctx.identifierList());
            requireWidth(given.size(), width);
            return given;
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            names.add("col" + i);
        }
        return names;
    }

    static @Nullable String name(SqlBaseParser.@Nullable TableAliasContext ctx) {
        return ctx == null || ctx.strictIdentifier() == null
                ? null
                : Identifiers.unquote(ctx.strictIdentifier().getText());
    }

    /** Returns the columns under other names, with labels to match. */
    static List<Query.Output> rename(List<Query.Output> columns, List<String> names) {
        requireWidth(names.size(), columns.size());
        List<String> labels = Query.labels(names);
        List<Query.Output> renamed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Query.Output c = columns.get(i);
            renamed.add(new Query.Output(names.get(i), labels.get(i), c.type(), c.nullable()));
        }
        return renamed;
    }

    static void requireWidth(int given, int width) {
        if (given != width) {
            throw SqlErrors.of(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "42802",
                    "The number of columns or variables assigned or aliased: " + given
                            + " does not match the number of source expressions: " + width + ".");
        }
    }
}
