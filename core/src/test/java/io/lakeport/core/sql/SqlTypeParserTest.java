package io.lakeport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTypeParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|INT",
                "LONG|BIGINT",
                "decimal|DECIMAL(10,0)",
                "Dec(5)|DECIMAL(5,0)",
                "numeric( 38 , 38 )|DECIMAL(38,38)",
                "varchar(20)|STRING",
                "STRING COLLATE UTF8_LCASE|STRING",
                "interval day to second|INTERVAL DAY TO SECOND",
                "INTERVAL MONTH|INTERVAL MONTH",
                "struct<a:int,`b c``d`:array<map<string,timestamp_ntz>>>|STRUCT<a: INT, `b c``d`: ARRAY<MAP<STRING, TIMESTAMP_NTZ>>>",
                "STRUCT<a: INT NOT NULL COMMENT 'x, > y', b: STRING>|STRUCT<a: INT, b: STRING>",
                "STRUCT<>|STRUCT<>",
                "GEOMETRY(4326)|GEOMETRY(4326)",
                "ARRAY<GEOGRAPHY(ANY)>|ARRAY<GEOGRAPHY(ANY)>"
            })
    void parse_everyForm_isNormalised(String text, String expected) {
        assertThat(SqlTypeParser.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ARRAY<",
                "ARRAY<INT",
                "DECIMAL(39,0)",
                "DECIMAL(2,3)",
                "MAP<INT>",
                "INT INT",
                "STRUCT<`a: INT>"
            })
    void parse_malformed_namesThePlace(String text) {
        assertThatThrownBy(() -> SqlTypeParser.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_randomTypes_roundTripThroughText() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            SqlType type = random(random, 4);
            assertThat(SqlTypeParser.parse(type.toString())).isEqualTo(type);
        }
    }

    private static SqlType random(Random random, int depth) {
        List<SqlType.Kind> scalars = List.of(
                SqlType.Kind.INT, SqlType.Kind.STRING, SqlType.Kind.TIMESTAMP, SqlType.Kind.VARIANT, SqlType.Kind.VOID);
        return switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 1 -> SqlType.array(random(random, depth - 1));
            case 2 -> SqlType.map(random(random, depth - 1), random(random, depth - 1));
            case 3 -> {
                List<SqlType.Field> fields = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.add(new SqlType.Field(name(random), random(random, depth - 1)));
                }
                yield SqlType.struct(fields);
            }
            case 4 -> SqlType.decimal(1 + random.nextInt(38), 0);
            default -> SqlType.of(scalars.get(random.nextInt(scalars.size())));
        };
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            name.append("ab:<>`, _é\"'.1".charAt(random.nextInt(14)));
        }
        return name.toString();
    }
}
