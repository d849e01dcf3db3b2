package io.lakeport.storage.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A table of random columns, nested to a random depth, as a DuckDB query whose every value follows from its row and
 * place. The same for the same seed.
 */
final class RandomTable {
    private static final int DEEPEST = 3;

    private final Random random;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final int rows;
    private int salt;

    RandomTable(long seed) {
        this.random = new Random(seed);
        this.rows = 1 + random.nextInt(3000);
        int columns = 1 + random.nextInt(8);
        for (int i = 0; i < columns; i++) {
            names.add("c" + i);
            Typed column = value("i", 0);
            types.add(column.type);
            expressions.add(column.sql + " AS c" + i);
        }
    }

    List<String> names() {
        return names;
    }

    List<String> types() {
        return types;
    }

    String sql() {
        return "SELECT " + String.join(", ", expressions) + " FROM range(" + rows + ") t(i)";
    }

    private Typed value(String place, int depth) {
        Typed present = depth == DEEPEST || random.nextInt(3) > 0 ? leaf(place) : nested(place, depth);
        if (random.nextInt(4) == 0) {
            return present;
        }
        int often = 2 + random.nextInt(6);
        return new Typed(
                present.type, "CASE WHEN " + number(place, often) + " = 0 THEN NULL ELSE " + present.sql + " END");
    }

    private Typed nested(String place, int depth) {
        String element = "x" + salt++;
        String inner = "(" + place + " * 31 + " + element + ")";
        String count = number(place, 4);
        return switch (random.nextInt(3)) {
            case 0 -> {
                Typed value = value(inner, depth + 1);
                yield new Typed(
                        "ARRAY<" + value.type + ">", "[" + value.sql + " FOR " + element + " IN range(" + count + ")]");
            }
            case 1 -> {
                Typed value = value(inner, depth + 1);
                String range = " FOR " + element + " IN range(" + count + ")]";
                yield new Typed(
                        "MAP<STRING, " + value.type + ">",
                        "map(['k' || " + element + range + ", [" + value.sql + range + ")");
            }
            default -> struct(place, depth);
        };
    }

    private Typed struct(String place, int depth) {
        List<String> fieldTypes = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Typed value = value("(" + place + " + " + i + ")", depth + 1);
            fieldTypes.add("f" + i + ": " + value.type);
            fields.add("'f" + i + "': " + value.sql);
        }
        return new Typed("STRUCT<" + String.join(", ", fieldTypes) + ">", "{" + String.join(", ", fields) + "}");
    }

    private String number(String place, long below) {
        return "(hash(" + place + ", " + salt++ + ") % " + below + ")::BIGINT";
    }

    private Typed leaf(String place) {
        long spread = List.of(2L, 100L, 1_000_000_000L).get(random.nextInt(3));
        List<Supplier<Typed>> leaves = List.of(
                () -> new Typed("BOOLEAN", "(" + number(place, 2) + " = 0)"),
                () -> new Typed("TINYINT", "(" + number(place, Math.min(spread, 256)) + " - 128)::TINYINT"),
                () -> new Typed("SMALLINT", "(" + number(place, Math.min(spread, 60_000)) + " - 30000)::SMALLINT"),
                () -> new Typed("INT", "(" + number(place, spread) + " - 500000000)::INT"),
                () -> new Typed("BIGINT", "(" + number(place, spread) + " * 9000000000 - 7)::BIGINT"),
                () -> new Typed("FLOAT", "(" + number(place, spread) + " / 8 - 3)::FLOAT"),
                () -> new Typed("DOUBLE", special(place, "(" + number(place, spread) + " / 7 - 3)::DOUBLE")),
                () -> new Typed(
                        "DECIMAL(7,2)",
                        "((" + number(place, Math.min(spread, 9_000_000)) + " - 4000000) / 100)::DECIMAL(7,2)"),
                () -> new Typed("DECIMAL(18,3)", "(" + number(place, spread) + " - 400)::DECIMAL(18,3)"),
                () -> new Typed(
                        "DECIMAL(38,10)",
                        "((" + number(place, spread) + " - 5)::HUGEINT * 10000000000000000)::DECIMAL(38,10)"),
                () -> new Typed("STRING", text(place, spread)),
                () -> new Typed("BINARY", "encode(" + text(place, spread) + ")"),
                () -> new Typed(
                        "DATE", "(DATE '1970-01-01' + (" + number(place, Math.min(spread, 90_000)) + " - 45000)::INT)"),
                () -> new Typed("TIMESTAMP", "make_timestamptz(" + number(place, spread) + " * 77777 - 1000000)"),
                () -> new Typed("TIMESTAMP_NTZ", "make_timestamp(" + number(place, spread) + " * 77777 - 1000000)"));
        return leaves.get(random.nextInt(leaves.size())).get();
    }

    private String special(String place, String usual) {
        return random.nextBoolean()
                ? usual
                : "CASE " + number(place, 9) + " WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN '-0.0'::DOUBLE"
                        + " WHEN 2 THEN '-Infinity'::DOUBLE ELSE " + usual + " END";
    }

    private String text(String place, long spread) {
        return "CASE " + number(place, 5) + " WHEN 0 THEN '' WHEN 1 THEN 'é💧' || " + number(place, spread)
                + " ELSE md5((" + number(place, spread) + ")::VARCHAR) END";
    }

    private record Typed(String type, String sql) {}
}
