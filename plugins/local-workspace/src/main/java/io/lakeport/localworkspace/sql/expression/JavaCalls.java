package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Functions that Java computes and whose arguments need preparation by their types. */
final class JavaCalls {
    static final Set<String> NAMES = Set.of(
            "hash",
            "xxhash64",
            "format_string",
            "printf",
            "format_number",
            "to_json",
            "from_json",
            "mask",
            "try_add",
            "try_subtract",
            "try_multiply",
            "try_mod",
            "mod",
            "variant_get",
            "try_variant_get",
            "elt",
            "shiftleft",
            "shiftright",
            "shiftrightunsigned",
            "positive",
            "div",
            "log",
            "isnull",
            "isnotnull",
            "zeroifnull",
            "nullifzero",
            "date_part",
            "datepart",
            "arrays_zip",
            "convert_timezone",
            "array_contains");

    private JavaCalls() {}

    static Expr call(String name, List<Expr> args) {
        String pretty = args.stream().map(Expr::pretty).collect(Collectors.joining(", ", name + "(", ")"));
        return switch (name) {
            case "hash" -> hash(args, pretty, "lpj_hash_", SqlType.INT);
            case "xxhash64" -> hash(args, pretty, "lpj_xx_", SqlType.LONG);
            case "format_string", "printf" -> format(args, pretty);
            case "format_number" -> formatNumber(args, pretty);
            case "to_json" -> toJson(args);
            case "from_json" -> fromJson(args);
            case "mask" -> mask(args);
            case "mod" -> operator("%", args, pretty, false);
            case "try_add" -> operator("+", args, pretty, true);
            case "try_subtract" -> operator("-", args, pretty, true);
            case "try_multiply" -> operator("*", args, pretty, true);
            case "try_mod" -> operator("%", args, pretty, true);
            case "elt" -> elt(args, pretty);
            case "shiftleft", "shiftright", "shiftrightunsigned" -> shift(name, args, pretty);
            case "positive" -> unary("+", args);
            case "div" -> operands("div", args);
            case "isnull" -> isNull(args, "IS NULL");
            case "isnotnull" -> isNull(args, "IS NOT NULL");
            case "log" -> logarithm(args, pretty);
            case "zeroifnull", "nullifzero" -> zero(name, args, pretty);
            case "date_part", "datepart" -> datePart(name, args);
            case "arrays_zip" -> zip(args, pretty);
            case "convert_timezone" -> zone(args);
            case "array_contains" -> contains(args, pretty);
            default -> variantGet(name, args);
        };
    }

    private static void require(boolean fits, String name, List<Expr> args) {
        if (!fits) {
            throw SqlErrors.of(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "42605",
                    "The `" + name + "` requires another number of parameters but the actual number is " + args.size()
                            + ".");
        }
    }

    private static Expr operator(String op, List<Expr> args, String pretty, boolean lenient) {
        require(args.size() == 2, pretty, args);
        Expr result = Arithmetic.binary(op, args.get(0), args.get(1));
        // TRY does not go with functions that raise errors, such as the test of a divisor.
        boolean tries =
                lenient && !result.sql().contains("lp_") && !result.type().is(Kind.DATE);
        String sql = tries ? "TRY(" + result.sql() + ")" : result.sql();
        if (lenient && op.equals("%")) {
            sql = "CASE WHEN " + args.get(1).sql() + " <> 0 THEN " + result.sql() + " END";
        }
        return Expr.of(sql, result.type(), result.nullable() || lenient, pretty);
    }

    private static Expr operands(String op, List<Expr> args) {
        require(args.size() == 2, op, args);
        return Arithmetic.binary(op, args.get(0), args.get(1));
    }

    private static Expr unary(String op, List<Expr> args) {
        require(args.size() == 1, op, args);
        return Arithmetic.unary(op, args.get(0));
    }

    private static Expr shift(String name, List<Expr> args, String pretty) {
        require(args.size() == 2, name, args);
        String op = name.equals("shiftleft") ? "<<" : name.equals("shiftright") ? ">>" : ">>>";
        Expr shifted = Shifts.shift(op, args.get(0), args.get(1));
        return Expr.of(shifted.sql(), shifted.type(), shifted.nullable(), pretty);
    }

    private static Expr isNull(List<Expr> args, String test) {
        require(args.size() == 1, test, args);
        return Predicates.bool(
                "(" + args.get(0).sql() + " " + test + ")",
                false,
                "(" + args.get(0).pretty() + " " + test + ")");
    }

    private static Expr logarithm(List<Expr> args, String pretty) {
        require(args.size() == 1 || args.size() == 2, "log", args);
        String of = Coercion.to(args.get(args.size() - 1), SqlType.DOUBLE).sql();
        String value = "lpj_math('ln', " + of + ")";
        String label = pretty.replaceFirst("^log\\(", args.size() == 1 ? "LOG(E(), " : "LOG(");
        if (args.size() == 1) {
            return Expr.of("CASE WHEN " + of + " > 0 THEN " + value + " END", SqlType.DOUBLE, true, label);
        }
        String base = Coercion.to(args.get(0), SqlType.DOUBLE).sql();
        String sql =
                "CASE WHEN " + of + " > 0 AND " + base + " > 0 THEN " + value + " / lpj_math('ln', " + base + ") END";
        return Expr.of(sql, SqlType.DOUBLE, true, label);
    }

    private static Expr zero(String name, List<Expr> args, String pretty) {
        require(args.size() == 1, name, args);
        Expr arg = args.get(0).type().is(Kind.VOID) ? Coercion.to(args.get(0), SqlType.INT) : args.get(0);
        String function = name.equals("zeroifnull") ? "coalesce(" : "nullif(";
        return Expr.of(function + arg.sql() + ", 0)", arg.type(), !name.equals("zeroifnull"), pretty);
    }

    private static Expr datePart(String name, List<Expr> args) {
        require(args.size() == 2, name, args);
        if (!(args.get(0).constant() instanceof String field)) {
            throw SqlErrors.unsupported(name + " of a field that is not a literal");
        }
        Expr part = Dates.extract(field, args.get(1));
        String between = name.equals("datepart") ? " FROM " : ", ";
        String pretty = name + "(" + field + between + args.get(1).pretty() + ")";
        return Expr.of(part.sql(), part.type(), part.nullable(), pretty);
    }

    private static Expr zip(List<Expr> args, String pretty) {
        require(!args.isEmpty(), "arrays_zip", args);
        List<SqlType.Field> fields = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        List<String> lengths = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            Expr arg = args.get(i);
            boolean isColumn = arg.constant() == null
                    && arg.sql().endsWith("\"")
                    && !arg.sql().startsWith("(");
            String field = isColumn ? arg.name() : String.valueOf(i);
            fields.add(new SqlType.Field(field, arg.type().element()));
            parts.add(Identifiers.duck(field) + " := " + arg.sql() + "[lp_z]");
            lengths.add("len(" + arg.sql() + ")");
        }
        String sql = "list_transform(generate_series(1, greatest(" + String.join(", ", lengths)
                + ")), lambda lp_z: struct_pack(" + String.join(", ", parts) + "))";
        String present = args.stream().map(a -> a.sql() + " IS NOT NULL").collect(Collectors.joining(" AND "));
        SqlType type = SqlType.array(SqlType.struct(fields));
        boolean nullable = args.stream().anyMatch(Expr::nullable);
        return Expr.of("CASE WHEN " + present + " THEN " + sql + " END", type, nullable, pretty);
    }

    private static Expr zone(List<Expr> args) {
        require(args.size() == 2 || args.size() == 3, "convert_timezone", args);
        Expr at = Coercion.to(args.get(args.size() - 1), SqlType.TIMESTAMP_NTZ);
        Expr to = Coercion.to(args.get(args.size() - 2), SqlType.STRING);
        String from = args.size() == 2
                ? "current_setting('TimeZone')"
                : Coercion.to(args.get(0), SqlType.STRING).sql();
        String shown = args.size() == 2 ? "current_timezone()" : args.get(0).pretty();
        String sql = "timezone(" + to.sql() + ", timezone(" + from + ", " + at.sql() + "))";
        String pretty = "convert_timezone(" + shown + ", " + to.pretty() + ", " + at.pretty() + ")";
        return Expr.of(sql, SqlType.TIMESTAMP_NTZ, args.stream().anyMatch(Expr::nullable), pretty);
    }

    private static Expr contains(List<Expr> args, String pretty) {
        require(args.size() == 2, "array_contains", args);
        Expr array = args.get(0);
        Expr item = args.get(1);
        if (array.type().is(Kind.VOID) || item.type().is(Kind.VOID)) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.NULL_TYPE",
                    "42K09",
                    "Cannot resolve \"" + pretty + "\" due to data type mismatch: Null typed values cannot be used as "
                            + "arguments of `array_contains`.");
        }
        SqlType element = array.type().is(Kind.ARRAY) ? array.type().element() : SqlType.VOID;
        SqlType common = Coercion.common(element, item.type());
        boolean mixesText = element.is(Kind.STRING) != item.type().is(Kind.STRING);
        if (!array.type().is(Kind.ARRAY) || common == null || mixesText) {
            throw SqlErrors.of(
                    "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES",
                    "42K09",
                    "Cannot resolve \"" + pretty
                            + "\" due to data type mismatch: Input to `array_contains` should have been "
                            + "\"ARRAY\" followed by a value with same element type, but it's [\""
                            + array.type().text()
                            + "\", \"" + item.type().text() + "\"].");
        }
        String sql =
                "lp_array_contains(" + Coercion.to(array, SqlType.array(common)).sql() + ", "
                        + Coercion.to(item, common).sql() + ")";
        return Expr.of(sql, SqlType.BOOLEAN, true, pretty);
    }

    private static Expr hash(List<Expr> args, String pretty, String prefix, SqlType type) {
        require(!args.isEmpty(), "hash", args);
        String seed = "CAST(42 AS " + type.duck() + ")";
        for (Expr arg : args) {
            if (!arg.type().is(Kind.VOID)) {
                seed = hashed(prefix, seed, arg);
            }
        }
        return Expr.of(seed, type, false, pretty);
    }

    private static String hashed(String prefix, String seed, Expr arg) {
        String sql = arg.sql();
        String call = switch (arg.type().kind()) {
            case BOOLEAN, BYTE, SHORT, INT, INTERVAL_YM -> "int(" + seed + ", CAST(" + sql + " AS INTEGER))";
            case DATE -> "int(" + seed + ", CAST(" + sql + " - DATE '1970-01-01' AS INTEGER))";
            case LONG, INTERVAL_DT -> "long(" + seed + ", " + sql + ")";
            case TIMESTAMP, TIMESTAMP_NTZ -> "long(" + seed + ", epoch_us(" + sql + "))";
            case DOUBLE -> "double(" + seed + ", " + sql + ")";
            case FLOAT -> "float(" + seed + ", " + sql + ")";
            case STRING -> "text(" + seed + ", " + sql + ")";
            case BINARY -> "bytes(" + seed + ", hex(" + sql + "))";
            case DECIMAL -> {
                if (arg.type().precision() > 18) {
                    throw SqlErrors.unsupported("the hash of a DECIMAL of more than 18 digits");
                }
                yield "long(" + seed + ", CAST(replace(CAST(" + sql + " AS VARCHAR), '.', '') AS BIGINT))";
            }
            case MAP ->
                throw SqlErrors.of(
                        "DATATYPE_MISMATCH.HASH_MAP_TYPE",
                        "42K09",
                        "Cannot resolve \"hash(" + arg.pretty()
                                + ")\" due to data type mismatch: Input to the function "
                                + "`hash` cannot contain elements of the \"MAP\" type.");
            default -> throw SqlErrors.unsupported("the hash of " + arg.type().text());
        };
        return prefix + call;
    }

    private static Expr format(List<Expr> args, String pretty) {
        require(!args.isEmpty(), "format_string", args);
        List<String> values = new ArrayList<>();
        for (Expr arg : args.subList(1, args.size())) {
            String kind = switch (arg.type().kind()) {
                case BYTE, SHORT, INT -> "i";
                case LONG -> "l";
                case DOUBLE -> "d";
                case FLOAT -> "f";
                case DECIMAL -> "n";
                case BOOLEAN -> "b";
                default -> "s";
            };
            values.add("'" + kind + "' || " + Coercion.to(arg, SqlType.STRING).sql());
        }
        String list = "CAST(to_json(CAST([" + String.join(", ", values) + "] AS VARCHAR[])) AS VARCHAR)";
        String sql = "lpj_format(" + Coercion.to(args.get(0), SqlType.STRING).sql() + ", " + list + ")";
        return Expr.of(sql, SqlType.STRING, args.get(0).nullable(), pretty);
    }

    private static Expr formatNumber(List<Expr> args, String pretty) {
        require(args.size() == 2, "format_number", args);
        Expr number = args.get(0).type().kind().isNumeric() ? args.get(0) : Coercion.to(args.get(0), SqlType.DOUBLE);
        String text = Coercion.to(number, SqlType.STRING).sql();
        boolean binary = number.type().kind().isFractional();
        boolean byPattern = args.get(1).type().is(Kind.STRING);
        String function = byPattern ? "lpj_format_pattern(" : "lpj_format_number(";
        String how = byPattern
                ? args.get(1).sql()
                : Coercion.to(args.get(1), SqlType.INT).sql();
        return Expr.of(function + text + ", " + binary + ", " + how + ")", SqlType.STRING, true, pretty);
    }

    private static Expr toJson(List<Expr> args) {
        require(!args.isEmpty() && args.size() <= 2, "to_json", args);
        if (args.size() > 1) {
            throw SqlErrors.unsupported("the options of to_json");
        }
        Expr arg = args.get(0);
        String pretty = "to_json(" + arg.pretty() + ")";
        if (!arg.type().kind().isNested() && !arg.type().is(Kind.VARIANT)) {
            throw SqlErrors.mismatch(pretty, "the first parameter must be a STRUCT, ARRAY, MAP or VARIANT");
        }
        return Expr.of(ValueTexts.json(arg.sql(), arg.type(), 0), SqlType.STRING, true, pretty);
    }

    private static Expr fromJson(List<Expr> args) {
        require(args.size() == 2 || args.size() == 3, "from_json", args);
        if (args.size() > 2) {
            throw SqlErrors.unsupported("the options of from_json");
        }
        if (!(args.get(1).constant() instanceof String schema)) {
            throw SqlErrors.unsupported("from_json with a schema that is not a literal");
        }
        SqlType type = schema(schema);
        Expr text = Coercion.to(args.get(0), SqlType.STRING);
        String json = "lpj_from_json(" + text.sql() + ", " + Identifiers.literal(JsonShapes.of(type)) + ")";
        String sql = "CAST(CAST(" + json + " AS JSON) AS " + type.duck() + ")";
        String pretty =
                type.is(Kind.MAP) ? "entries" : "from_json(" + args.get(0).pretty() + ")";
        return Expr.of(sql, type, true, pretty);
    }

    /** A schema is a type, or the columns of a table. */
    private static SqlType schema(String text) {
        String trimmed = text.trim();
        if (trimmed.matches("(?is)(array|map|struct)\\s*<.*")) {
            return TypeTexts.of(StatementParser.parseType(trimmed));
        }
        SqlBaseParser.DataTypeContext struct = StatementParser.parseType("STRUCT<" + trimmed + ">");
        return TypeTexts.of(struct);
    }

    private static Expr mask(List<Expr> args) {
        require(!args.isEmpty() && args.size() <= 5, "mask", args);
        List<String> defaults = List.of("X", "x", "n", "NULL");
        List<String> names = new ArrayList<>(List.of(args.get(0).pretty()));
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean given = i + 1 < args.size();
            names.add(given ? args.get(i + 1).pretty() : defaults.get(i));
            values.add(
                    given
                            ? Coercion.to(args.get(i + 1), SqlType.STRING).sql()
                            : i < 3 ? "'" + defaults.get(i) + "'" : "NULL");
        }
        String list = "CAST(to_json(CAST([" + String.join(", ", values) + "] AS VARCHAR[])) AS VARCHAR)";
        String sql = "lpj_mask(" + Coercion.to(args.get(0), SqlType.STRING).sql() + ", " + list + ")";
        return Expr.of(sql, SqlType.STRING, true, "mask(" + String.join(", ", names) + ")");
    }

    private static Expr elt(List<Expr> args, String pretty) {
        require(args.size() > 1, "elt", args);
        List<Expr> texts = args.subList(1, args.size()).stream()
                .map(a -> Coercion.to(a, SqlType.STRING))
                .toList();
        String list = texts.stream().map(Expr::sql).collect(Collectors.joining(", ", "[", "]"));
        String at = Coercion.to(args.get(0), SqlType.LONG).sql();
        return Expr.of("lp_array_get(" + list + ", " + at + " - 1)", SqlType.STRING, true, pretty);
    }

    private static Expr variantGet(String name, List<Expr> args) {
        boolean lenient = name.startsWith("try_");
        require(args.size() == 2 || args.size() == 3, name, args);
        SqlType type = SqlType.VARIANT;
        if (args.size() == 3) {
            if (!(args.get(2).constant() instanceof String text)) {
                throw SqlErrors.unsupported(name + " with a type that is not a literal");
            }
            type = TypeTexts.of(StatementParser.parseType(text));
        }
        String pretty = name + "(" + args.get(0).pretty() + ", " + args.get(1).pretty() + ")";
        String piece = "lpj_variant_get(" + args.get(0).sql() + ", "
                + Coercion.to(args.get(1), SqlType.STRING).sql() + ")";
        Expr variant = Expr.of(piece, SqlType.VARIANT, true, pretty);
        String cast = Casts.sql(variant, type, true);
        String sql = lenient || type.is(Kind.VARIANT)
                ? cast
                : "CASE WHEN " + piece + " IS NOT NULL AND " + piece + " <> 'null' AND " + cast
                        + " IS NULL THEN CAST(lp_variant_cast(" + piece + ", '" + type.text() + "') AS " + type.duck()
                        + ") ELSE " + cast + " END";
        return Expr.of(sql, type, true, pretty);
    }
}
