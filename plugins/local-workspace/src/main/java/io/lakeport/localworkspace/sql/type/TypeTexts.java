package io.lakeport.localworkspace.sql.type;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.DataTypeContext;

/** Turns the grammar's type nodes into types. */
public final class TypeTexts {
    private TypeTexts() {}

    /** Returns the type that a node of the parse tree spells. */
    public static SqlType of(DataTypeContext ctx) {
        if (ctx instanceof SqlBaseParser.ComplexDataTypeContext complex) {
            return complex(complex);
        }
        SqlBaseParser.PrimitiveTypeContext primitive = ((SqlBaseParser.PrimitiveDataTypeContext) ctx).primitiveType();
        if (primitive.nonTrivialPrimitiveType() != null) {
            return nonTrivial(primitive.nonTrivialPrimitiveType());
        }
        if (primitive.trivialPrimitiveType() != null) {
            return trivial(primitive.getText().toUpperCase(Locale.ROOT));
        }
        throw SqlErrors.of(
                "UNSUPPORTED_DATATYPE",
                "0A000",
                "Unsupported data type \"" + ctx.getText().toUpperCase(Locale.ROOT) + "\".");
    }

    private static SqlType complex(SqlBaseParser.ComplexDataTypeContext ctx) {
        return switch (ctx.complex.getText().toUpperCase(Locale.ROOT)) {
            case "ARRAY" -> SqlType.array(of(ctx.dataType(0)));
            case "MAP" -> SqlType.map(of(ctx.dataType(0)), of(ctx.dataType(1)));
            default -> {
                List<SqlType.Field> fields = new ArrayList<>();
                if (ctx.complexColTypeList() != null) {
                    for (SqlBaseParser.ComplexColTypeContext c :
                            ctx.complexColTypeList().complexColType()) {
                        String name =
                                Identifiers.unquote(c.errorCapturingIdentifier().getText());
                        fields.add(new SqlType.Field(name, of(c.dataType())));
                    }
                }
                yield SqlType.struct(fields);
            }
        };
    }

    private static SqlType nonTrivial(SqlBaseParser.NonTrivialPrimitiveTypeContext ctx) {
        switch (ctx.getStart().getText().toUpperCase(Locale.ROOT)) {
            case "STRING", "CHAR", "CHARACTER", "VARCHAR" -> {
                return SqlType.STRING;
            }
            case "DECIMAL", "DEC", "NUMERIC" -> {
                return decimal(ctx);
            }
            case "TIMESTAMP" -> {
                return ctx.getText().toUpperCase(Locale.ROOT).contains("WITHOUT")
                        ? SqlType.TIMESTAMP_NTZ
                        : SqlType.TIMESTAMP;
            }
            case "INTERVAL" -> {
                return interval(ctx);
            }
            default ->
                throw SqlErrors.of(
                        "UNSUPPORTED_DATATYPE",
                        "0A000",
                        "Unsupported data type \"" + ctx.getText().toUpperCase(Locale.ROOT) + "\".");
        }
    }

    private static SqlType decimal(SqlBaseParser.NonTrivialPrimitiveTypeContext ctx) {
        int precision = ctx.precision == null ? 10 : Integer.parseInt(ctx.precision.getText());
        int scale = ctx.scale == null ? 0 : Integer.parseInt(ctx.scale.getText());
        if (precision > SqlType.MAX_PRECISION) {
            throw SqlErrors.of(
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    "22003",
                    "Decimal precision " + precision + " exceeds max precision 38.");
        }
        return SqlType.decimal(precision, scale);
    }

    private static SqlType interval(SqlBaseParser.NonTrivialPrimitiveTypeContext ctx) {
        if (ctx.fromYearMonth == null && ctx.fromDayTime == null) {
            throw SqlErrors.unsupported("the type INTERVAL without units");
        }
        String from = (ctx.fromYearMonth != null ? ctx.fromYearMonth : ctx.fromDayTime).getText();
        String to = ctx.to == null ? from : ctx.to.getText();
        return SqlType.interval(unit(from), unit(to));
    }

    private static IntervalUnit unit(String text) {
        return IntervalUnit.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static SqlType trivial(String name) {
        return switch (name) {
            case "BOOLEAN" -> SqlType.BOOLEAN;
            case "TINYINT", "BYTE" -> SqlType.BYTE;
            case "SMALLINT", "SHORT" -> SqlType.SHORT;
            case "INT", "INTEGER" -> SqlType.INT;
            case "BIGINT", "LONG" -> SqlType.LONG;
            case "FLOAT", "REAL" -> SqlType.FLOAT;
            case "DOUBLE" -> SqlType.DOUBLE;
            case "DATE" -> SqlType.DATE;
            case "TIMESTAMP_LTZ" -> SqlType.TIMESTAMP;
            case "TIMESTAMP_NTZ" -> SqlType.TIMESTAMP_NTZ;
            case "BINARY" -> SqlType.BINARY;
            case "VOID" -> SqlType.VOID;
            case "VARIANT" -> SqlType.VARIANT;
            default -> throw SqlErrors.of("UNSUPPORTED_DATATYPE", "0A000", "Unsupported data type \"" + name + "\".");
        };
    }
}
