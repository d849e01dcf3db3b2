package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.BooleanExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PrimaryExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ValueExpressionContext;

/** Translates expressions in one scope. */
public final class ExpressionTranslator {
    private final Environment environment;
    private final Scope scope;
    private final Literals literals;
    private final Predicates predicates;
    private final Primaries primaries;

    public ExpressionTranslator(Environment environment, Scope scope) {
        this.environment = environment;
        this.scope = scope;
        this.literals = new Literals(environment.parameters());
        this.predicates = new Predicates(this);
        this.primaries = new Primaries(this);
    }

    /** Returns the translator of the same statement in another scope. */
    public ExpressionTranslator in(Scope other) {
        return new ExpressionTranslator(environment, other);
    }

    /** Returns the scope whose columns expressions may name. */
    public Scope scope() {
        return scope;
    }

    /** Returns what reads string literals, parameters included. */
    public Literals literals() {
        return literals;
    }

    Environment environment() {
        return environment;
    }

    /** Translates an expression. */
    public Expr translate(ExpressionContext ctx) {
        return bool(ctx.booleanExpression());
    }

    /** Translates a condition. */
    public Expr condition(BooleanExpressionContext ctx) {
        Expr e = bool(ctx);
        if (!e.type().is(Kind.BOOLEAN) && !e.type().is(Kind.VOID)) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                    "42K09",
                    "Cannot resolve \"" + e.pretty() + "\" due to data type mismatch: Filter expression \"" + e.pretty()
                            + "\" of type \"" + e.type().text() + "\" is not a boolean.");
        }
        return Coercion.to(e, SqlType.BOOLEAN);
    }

    Expr bool(BooleanExpressionContext ctx) {
        if (ctx instanceof SqlBaseParser.LogicalNotContext not) {
            return Predicates.not(Coercion.to(bool(not.booleanExpression()), SqlType.BOOLEAN));
        }
        if (ctx instanceof SqlBaseParser.ExistsContext exists) {
            return Predicates.bool("EXISTS (" + subquery(exists.query()).sql() + ")", false, "exists()");
        }
        if (ctx instanceof SqlBaseParser.LogicalBinaryContext binary) {
            Expr left = bool(binary.left);
            Expr right = bool(binary.right);
            Predicates.requireBooleans(binary.operator.getText(), left, right);
            Expr l = Coercion.to(left, SqlType.BOOLEAN);
            Expr r = Coercion.to(right, SqlType.BOOLEAN);
            String op = binary.operator.getText().toUpperCase(Locale.ROOT);
            return Predicates.bool(
                    "(" + l.sql() + " " + op + " " + r.sql() + ")",
                    l.nullable() || r.nullable(),
                    "(" + l.pretty() + " " + op + " " + r.pretty() + ")");
        }
        SqlBaseParser.PredicatedContext predicated = (SqlBaseParser.PredicatedContext) ctx;
        Expr value = value(predicated.valueExpression());
        return predicated.predicate() == null ? value : predicates.apply(value, predicated.predicate());
    }

    /** Translates an expression without predicates or boolean operators. */
    public Expr value(ValueExpressionContext ctx) {
        if (ctx instanceof SqlBaseParser.ValueExpressionDefaultContext plain) {
            return primary(plain.primaryExpression());
        }
        if (ctx instanceof SqlBaseParser.ArithmeticUnaryContext unary) {
            return Arithmetic.unary(unary.operator.getText(), value(unary.valueExpression()));
        }
        if (ctx instanceof SqlBaseParser.ArithmeticBinaryContext binary) {
            Expr left = value(binary.left);
            return Arithmetic.binary(binary.operator.getText(), left, value(binary.right));
        }
        if (ctx instanceof SqlBaseParser.ShiftExpressionContext shift) {
            Expr left = value(shift.left);
            return Shifts.shift(shift.shiftOperator().getText(), left, value(shift.right));
        }
        SqlBaseParser.ComparisonContext comparison = (SqlBaseParser.ComparisonContext) ctx;
        Expr left = value(comparison.left);
        return Predicates.comparison(comparison.comparisonOperator().getText(), left, value(comparison.right));
    }

    /** Translates an operand. */
    public Expr primary(PrimaryExpressionContext ctx) {
        return primaries.translate(ctx);
    }

    Environment.Subquery subquery(SqlBaseParser.QueryContext ctx) {
        return environment.subquery(ctx, scope);
    }

    /** Returns an explicit cast. */
    static Expr cast(Expr e, SqlBaseParser.DataTypeContext type, boolean lenient) {
        return Casts.explicit(e, TypeTexts.of(type), lenient);
    }

    /** Translates an expression with the alias it may carry. */
    public Expr named(SqlBaseParser.NamedExpressionContext ctx) {
        Expr e = translate(ctx.expression());
        return ctx.name == null ? e : e.named(Identifiers.unquote(ctx.name.getText()));
    }

    List<Expr> all(List<ExpressionContext> list) {
        return list.stream().map(this::translate).toList();
    }
}
