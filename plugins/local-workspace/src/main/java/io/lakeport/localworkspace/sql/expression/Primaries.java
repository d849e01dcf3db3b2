package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PrimaryExpressionContext;
import org.jspecify.annotations.Nullable;

/** Operands: names, literals, calls, CASE, casts, subqueries, subscripts. */
final class Primaries {
    private final ExpressionTranslator expressions;
    private final FunctionCalls calls;

    Primaries(ExpressionTranslator expressions) {
        this.expressions = expressions;
        this.calls = new FunctionCalls(expressions);
    }

    Expr translate(PrimaryExpressionContext ctx) {
        List<String> name = dotted(ctx);
        if (name != null) {
            return reference(name);
        }
        if (ctx instanceof SqlBaseParser.ConstantDefaultContext constant) {
            return expressions.literals().constant(constant.constant());
        }
        if (ctx instanceof SqlBaseParser.ParenthesizedExpressionContext parens) {
            return expressions.translate(parens.expression());
        }
        if (ctx instanceof SqlBaseParser.DereferenceContext dereference) {
            Expr base = translate(dereference.base);
            Expr field = Scope.fields(base, List.of(Identifiers.unquote(dereference.fieldName.getText())));
            return field.named(field.pretty());
        }
        if (ctx instanceof SqlBaseParser.FunctionCallContext call) {
            return calls.call(call);
        }
        if (ctx instanceof SqlBaseParser.CastContext cast) {
            boolean lenient = cast.name.getText().equalsIgnoreCase("TRY_CAST");
            return ExpressionTranslator.cast(expressions.translate(cast.expression()), cast.dataType(), lenient);
        }
        if (ctx instanceof SqlBaseParser.CastByColonContext cast) {
            return ExpressionTranslator.cast(translate(cast.primaryExpression()), cast.dataType(), false);
        }
        return lessCommon(ctx);
    }

    private Expr lessCommon(PrimaryExpressionContext ctx) {
        if (ctx instanceof SqlBaseParser.SearchedCaseContext searched) {
            return Conditionals.searched(expressions, searched);
        }
        if (ctx instanceof SqlBaseParser.SimpleCaseContext simple) {
            return Conditionals.simple(expressions, simple);
        }
        if (ctx instanceof SqlBaseParser.SubqueryExpressionContext sub) {
            Environment.Subquery query = expressions.subquery(sub.query());
            return Expr.of("(" + query.sql() + ")", query.types().get(0), true, "scalarsubquery()");
        }
        if (ctx instanceof SqlBaseParser.SubscriptContext subscript) {
            Expr part = Nested.subscript(translate(subscript.value), expressions.value(subscript.index));
            return dotted(subscript.value) == null ? part.named(part.pretty()) : part;
        }
        if (ctx instanceof SqlBaseParser.StructContext struct) {
            return Nested.struct(
                    struct.argument.stream().map(expressions::named).toList());
        }
        if (ctx instanceof SqlBaseParser.RowConstructorContext row) {
            return Nested.row(
                    row.namedExpression().stream().map(expressions::named).toList());
        }
        if (ctx instanceof SqlBaseParser.CurrentLikeContext current) {
            return calls.call(current.name.getText().toLowerCase(Locale.ROOT), List.of());
        }
        if (ctx instanceof SqlBaseParser.CollateContext collate) {
            throw SqlErrors.unsupported("collations");
        }
        if (ctx instanceof SqlBaseParser.SemiStructuredExtractContext path) {
            return Nested.jsonPath(translate(path.col), path.path.getText());
        }
        return keywordCalls(ctx);
    }

    private Expr keywordCalls(PrimaryExpressionContext ctx) {
        if (ctx instanceof SqlBaseParser.ExtractContext extract) {
            return Dates.extract(extract.field.getText(), expressions.value(extract.source));
        }
        if (ctx instanceof SqlBaseParser.TimestampaddContext add) {
            String unit = add.unit == null ? add.invalidUnit.getText() : add.unit.getText();
            Expr amount = expressions.value(add.unitsAmount);
            return Dates.add(unit, amount, expressions.value(add.timestamp));
        }
        if (ctx instanceof SqlBaseParser.TimestampdiffContext diff) {
            String unit = diff.unit == null ? diff.invalidUnit.getText() : diff.unit.getText();
            Expr start = expressions.value(diff.startTimestamp);
            return Dates.difference(unit, start, expressions.value(diff.endTimestamp));
        }
        if (ctx instanceof SqlBaseParser.PositionContext position) {
            Expr part = expressions.value(position.substr);
            return calls.call("locate", List.of(part, expressions.value(position.str)));
        }
        if (ctx instanceof SqlBaseParser.SubstringContext substring) {
            List<Expr> args =
                    new ArrayList<>(List.of(expressions.value(substring.str), expressions.value(substring.pos)));
            if (substring.len != null) {
                args.add(expressions.value(substring.len));
            }
            return calls.call(substring.getStart().getText().toLowerCase(Locale.ROOT), args);
        }
        if (ctx instanceof SqlBaseParser.TrimContext trim) {
            return trim(trim);
        }
        if (ctx instanceof SqlBaseParser.OverlayContext overlay) {
            return overlay(overlay);
        }
        if (ctx instanceof SqlBaseParser.FirstContext first) {
            return calls.firstOrLast("first", expressions.translate(first.expression()), first.IGNORE() != null);
        }
        if (ctx instanceof SqlBaseParser.LastContext last) {
            return calls.firstOrLast("last", expressions.translate(last.expression()), last.IGNORE() != null);
        }
        if (ctx instanceof SqlBaseParser.Any_valueContext any) {
            return calls.firstOrLast("any_value", expressions.translate(any.expression()), any.IGNORE() != null);
        }
        throw SqlErrors.unsupported("the expression " + ctx.getText());
    }

    private Expr trim(SqlBaseParser.TrimContext ctx) {
        String option =
                ctx.trimOption == null ? "BOTH" : ctx.trimOption.getText().toUpperCase(Locale.ROOT);
        String duck = option.equals("LEADING") ? "ltrim" : option.equals("TRAILING") ? "rtrim" : "trim";
        Expr chars = ctx.trimStr == null ? null : expressions.value(ctx.trimStr);
        Expr source = expressions.value(ctx.srcStr);
        String with = chars == null ? "' '" : Coercion.to(chars, SqlType.STRING).sql();
        String sql = duck + "(" + Coercion.to(source, SqlType.STRING).sql() + ", " + with + ")";
        String from = chars == null ? "" : chars.pretty() + " ";
        String pretty = "TRIM(" + option + " " + from + "FROM " + source.pretty() + ")";
        return Expr.of(sql, SqlType.STRING, source.nullable() || chars != null && chars.nullable(), pretty);
    }

    private Expr overlay(SqlBaseParser.OverlayContext ctx) {
        Expr input = expressions.value(ctx.input);
        Expr replace = expressions.value(ctx.replace);
        Expr position = expressions.value(ctx.position);
        Expr length = ctx.length == null ? Expr.literal("-1", SqlType.INT, "-1", -1) : expressions.value(ctx.length);
        return calls.call("overlay", List.of(input, replace, position, length));
    }

    private Expr reference(List<String> name) {
        Expr found = expressions.scope().find(name);
        if (found != null) {
            return found;
        }
        Expr variable = expressions.environment().variable(name).orElse(null);
        if (variable != null) {
            return variable;
        }
        // Spark lets these be written without parentheses.
        if (name.size() == 1 && FunctionCalls.isNiladic(name.get(0))) {
            return calls.call(name.get(0).toLowerCase(Locale.ROOT), List.of());
        }
        return expressions.scope().resolve(name);
    }

    /** Returns the parts of a dotted name, or {@code null} when the expression is something else. */
    static @Nullable List<String> dotted(PrimaryExpressionContext ctx) {
        if (ctx instanceof SqlBaseParser.ColumnReferenceContext column) {
            List<String> parts = new ArrayList<>();
            parts.add(Identifiers.unquote(column.identifier().getText()));
            return parts;
        }
        if (ctx instanceof SqlBaseParser.DereferenceContext dereference) {
            List<String> parts = dotted(dereference.base);
            if (parts != null) {
                parts.add(Identifiers.unquote(dereference.fieldName.getText()));
            }
            return parts;
        }
        return null;
    }

    /** Whether a type is text or will be text. */
    static boolean isText(Expr e) {
        return e.type().is(Kind.STRING) || e.type().is(Kind.VOID);
    }
}
