package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.DmlStatementNoWithContext;
import org.jspecify.annotations.Nullable;

/** Forms of INSERT that are others, written shorter: several INSERTs behind one FROM, and DEFAULT among VALUES. */
final class MultiInsert {
    private MultiInsert() {}

    /** Returns the statements that {@code FROM … INSERT … INSERT …} stands for. */
    static List<String> statements(SqlBaseParser.MultiInsertQueryContext ctx) {
        String from = SourceText.of(ctx.fromClause());
        List<String> statements = new ArrayList<>();
        for (SqlBaseParser.MultiInsertQueryBodyContext body : ctx.multiInsertQueryBody()) {
            StringBuilder sql = new StringBuilder(SourceText.of(body.insertInto()));
            SqlBaseParser.FromStatementBodyContext select = body.fromStatementBody();
            for (int i = 0; i < select.getChildCount(); i++) {
                if (select.getChild(i) instanceof ParserRuleContext part) {
                    sql.append(' ').append(SourceText.of(part));
                    if (part == select.selectClause()) {
                        sql.append(' ').append(from);
                    }
                }
            }
            statements.add(sql.toString());
        }
        return statements;
    }

    /** Returns the statement with the columns' defaults written out; {@code null} when no value is DEFAULT. */
    static @Nullable DmlStatementNoWithContext withDefaults(
            SqlBaseParser.SingleInsertQueryContext ctx, CommandContext context) {
        if (!(ctx.query().queryTerm() instanceof SqlBaseParser.QueryTermDefaultContext term)
                || !(term.queryPrimary() instanceof SqlBaseParser.InlineTableDefault1Context values)
                || !(ctx.insertInto() instanceof SqlBaseParser.InsertIntoTableContext into)) {
            return null;
        }
        Map<Integer, String> places = new TreeMap<>();
        Map<Integer, Integer> ends = new TreeMap<>();
        for (SqlBaseParser.ExpressionContext row : values.inlineTable().expression()) {
            List<ParserRuleContext> cells = cells(row);
            for (int i = 0; i < cells.size(); i++) {
                if (cells.get(i).getText().equalsIgnoreCase("DEFAULT")) {
                    places.put(cells.get(i).getStart().getStartIndex(), value(into, i, context));
                    ends.put(
                            cells.get(i).getStart().getStartIndex(),
                            cells.get(i).getStop().getStopIndex());
                }
            }
        }
        return places.isEmpty()
                ? null
                : parse(SourceText.of(ctx), ctx.getStart().getStartIndex(), places, ends);
    }

    private static DmlStatementNoWithContext parse(
            String text, int start, Map<Integer, String> places, Map<Integer, Integer> ends) {
        StringBuilder sql = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, String> place : places.entrySet()) {
            sql.append(text, at, place.getKey() - start).append(place.getValue());
            at = ends.getOrDefault(place.getKey(), 0) + 1 - start;
        }
        return StatementParser.parseDml(sql.append(text.substring(at)).toString());
    }

    private static List<ParserRuleContext> cells(SqlBaseParser.ExpressionContext row) {
        SqlBaseParser.RowConstructorContext many =
                io.lakeport.localworkspace.sql.expression.Unwrap.find(row, SqlBaseParser.RowConstructorContext.class);
        if (many != null) {
            return new ArrayList<>(many.namedExpression());
        }
        SqlBaseParser.ParenthesizedExpressionContext one = io.lakeport.localworkspace.sql.expression.Unwrap.find(
                row, SqlBaseParser.ParenthesizedExpressionContext.class);
        return List.of(one == null ? row : one.expression());
    }

    private static String value(SqlBaseParser.InsertIntoTableContext into, int position, CommandContext context) {
        TableInfo table = context.tables().info(context.name(into.identifierReference()));
        TableInfo.ColumnInfo column = into.identifierList() == null
                ? table.columns().get(Math.min(position, table.columns().size() - 1))
                : RowCommands.column(
                        table,
                        Identifiers.unquote(into.identifierList()
                                .identifierSeq()
                                .ident
                                .get(position)
                                .getText()));
        String text = column.rule().defaultText();
        return text == null ? "CAST(NULL AS " + column.type().text() + ")" : "(" + text + ")";
    }
}
