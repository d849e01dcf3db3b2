package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.IntervalUnit;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the result column of the functions table. */
final class ResultTypes {
    private static final Map<String, SqlType> PARSED = new ConcurrentHashMap<>();

    private ResultTypes() {}

    static SqlType of(String rule, List<Expr> args) {
        if (rule.startsWith("=")) {
            return args.get(Integer.parseInt(rule.substring(1)) - 1).type();
        }
        if (rule.startsWith("array(")) {
            return SqlType.array(of(rule.substring(6, rule.length() - 1), args));
        }
        SqlType first = args.isEmpty() ? SqlType.VOID : args.get(0).type();
        return switch (rule) {
            case "element" -> first.element();
            case "key" -> first.key();
            case "value" -> first.value();
            case "sum" -> sum(first);
            case "mapof" -> SqlType.map(first.element(), args.get(1).type().element());
            case "entries" ->
                SqlType.struct(
                        List.of(new SqlType.Field("key", first.key()), new SqlType.Field("value", first.value())));
            case "fromentries" ->
                SqlType.map(
                        first.element().fields().get(0).type(),
                        first.element().fields().get(1).type());
            case "whole" -> SqlType.decimal(first.precision() - first.scale() + 1, 0);
            case "flat" -> first.element();
            default -> PARSED.computeIfAbsent(rule, r -> TypeTexts.of(StatementParser.parseType(r)));
        };
    }

    static SqlType sum(SqlType type) {
        return switch (type.kind()) {
            case DECIMAL -> SqlType.decimal(Math.min(SqlType.MAX_PRECISION, type.precision() + 10), type.scale());
            case BYTE, SHORT, INT, LONG -> SqlType.LONG;
            case INTERVAL_YM -> SqlType.interval(IntervalUnit.YEAR, IntervalUnit.MONTH);
            case INTERVAL_DT -> Arithmetic.dayToSecond();
            default -> SqlType.DOUBLE;
        };
    }

    /** Returns the type of {@code avg}: four more digits on both sides of a DECIMAL's point. */
    static SqlType average(SqlType type) {
        return type.is(Kind.DECIMAL)
                ? new SqlType(
                        Kind.DECIMAL,
                        Math.min(SqlType.MAX_PRECISION, type.precision() + 4),
                        Math.min(SqlType.MAX_PRECISION, type.scale() + 4),
                        List.of())
                : SqlType.DOUBLE;
    }
}
