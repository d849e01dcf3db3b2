package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Coercion;
import io.lakeport.localworkspace.sql.expression.Column;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Reads the column definitions of CREATE TABLE. */
final class ColumnDefinitions {
    private static final String DEFAULTS = "delta.feature.allowColumnDefaults";

    private final CommandContext context;

    ColumnDefinitions(CommandContext context) {
        this.context = context;
    }

    /** Returns the columns; {@code properties} are the table's, some of which allow what columns may have. */
    List<ColumnInfo> of(SqlBaseParser.TableElementListContext elements, Map<String, String> properties) {
        List<ColumnInfo> columns = new ArrayList<>();
        for (SqlBaseParser.TableElementContext e : elements.tableElement()) {
            if (e.colDefinition() != null) {
                columns.add(column(e.colDefinition(), properties));
            }
        }
        requireDistinct(columns);
        columns.forEach(c -> requireGenerated(c, columns));
        return columns;
    }

    private static void requireDistinct(List<ColumnInfo> columns) {
        List<String> names = new ArrayList<>();
        for (ColumnInfo c : columns) {
            String name = c.name().toLowerCase(Locale.ROOT);
            if (names.contains(name)) {
                throw SqlErrors.of(
                        "COLUMN_ALREADY_EXISTS",
                        "42711",
                        "The column " + Identifiers.backticked(name)
                                + " already exists. Choose another name or rename the existing column.");
            }
            names.add(name);
        }
    }

    private ColumnInfo column(SqlBaseParser.ColDefinitionContext ctx, Map<String, String> properties) {
        SqlType type = TypeTexts.of(ctx.dataType());
        boolean nullable = true;
        String comment = null;
        ColumnRule rule = ColumnRule.NONE;
        for (SqlBaseParser.ColDefinitionOptionContext o : ctx.colDefinitionOption()) {
            if (o.errorCapturingNot() != null) {
                nullable = false;
            } else if (o.commentSpec() != null) {
                comment = text(o.commentSpec().stringLit());
            } else if (o.defaultExpression() != null) {
                requireDefaults("CREATE TABLE", properties);
                rule = rule.withDefault(SourceText.of(o.defaultExpression().expression()));
            } else if (o.generationExpression() != null) {
                rule = generation(o.generationExpression(), type);
            } else if (isPrimaryKey(o)) {
                nullable = false;
            }
        }
        String name = Identifiers.unquote(ctx.colName.getText());
        String sql = rule.defaultText() == null ? null : defaultSql(rule.defaultText(), type);
        return new ColumnInfo(name, type, type.duck(), nullable, sql, comment, rule);
    }

    private static boolean isPrimaryKey(SqlBaseParser.ColDefinitionOptionContext o) {
        return o.columnConstraintDefinition() != null
                && o.columnConstraintDefinition().columnConstraint().uniqueSpec() != null;
    }

    /** Fails unless the table's properties allow defaults, as Delta wants it. */
    static void requireDefaults(String command, Map<String, String> properties) {
        if (!properties.containsKey(DEFAULTS)) {
            throw SqlErrors.of(
                    "WRONG_COLUMN_DEFAULTS_FOR_DELTA_FEATURE_NOT_ENABLED",
                    "0AKDE",
                    "Failed to execute " + command + " command because it assigned a column DEFAULT value,\nbut the"
                            + " corresponding table feature was not enabled. Please retry the command again\nafter"
                            + " executing ALTER TABLE tableName SET\nTBLPROPERTIES('" + DEFAULTS + "' = 'supported').");
        }
    }

    /** Returns a default as DuckDB SQL. */
    String defaultSql(String text, SqlType type) {
        Expr e = context.expressions(Scope.empty()).translate(StatementParser.parseExpression(text));
        return Coercion.to(e, type).sql();
    }

    private static ColumnRule generation(SqlBaseParser.GenerationExpressionContext ctx, SqlType type) {
        if (ctx instanceof SqlBaseParser.GeneratedColumnContext generated) {
            return new ColumnRule(null, SourceText.of(generated.expression()), null);
        }
        SqlBaseParser.IdentityColumnContext identity = (SqlBaseParser.IdentityColumnContext) ctx;
        if (!type.is(Kind.LONG)) {
            throw SqlErrors.of(
                    "DELTA_IDENTITY_COLUMNS_UNSUPPORTED_DATA_TYPE",
                    "428H2",
                    "DataType " + type.text() + " is not supported for IDENTITY columns.");
        }
        long start = 1;
        long step = 1;
        if (identity.identityColSpec() != null) {
            for (SqlBaseParser.SequenceGeneratorOptionContext o :
                    identity.identityColSpec().sequenceGeneratorOption()) {
                start = o.start == null ? start : number(o.start.getText());
                step = o.step == null ? step : number(o.step.getText());
            }
        }
        if (step == 0) {
            throw SqlErrors.of("DELTA_IDENTITY_COLUMNS_ILLEGAL_STEP", "42611", "IDENTITY column step cannot be 0.");
        }
        return new ColumnRule(null, null, new ColumnRule.Identity(start, step, identity.ALWAYS() != null));
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("[lL]$", ""));
    }

    private void requireGenerated(ColumnInfo column, List<ColumnInfo> all) {
        String text = column.rule().generated();
        if (text == null) {
            return;
        }
        List<Column> others = all.stream()
                .filter(c -> c.rule().generated() == null)
                .map(c -> new Column(List.of(), c.name(), Identifiers.duck(c.name()), c.type(), true, false))
                .toList();
        Expr e = context.expressions(new Scope(others, null)).translate(StatementParser.parseExpression(text));
        if (!e.type().equals(column.type())) {
            throw SqlErrors.of(
                    "DELTA_GENERATED_COLUMNS_EXPR_TYPE_MISMATCH",
                    "42K09",
                    "The expression type of the generated column " + column.name() + " is "
                            + e.type().text() + ", but the column type is "
                            + column.type().text());
        }
    }

    /** Returns the text of a string literal. */
    @Nullable
    String text(SqlBaseParser.StringLitContext ctx) {
        return context.expressions(Scope.empty()).literals().string(ctx);
    }
}
