package io.lakeport.localworkspace.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @Test
    void require_moreThanTheDiskHas_failsWithAClassAndState(@TempDir Path directory) throws IOException {
        SpoolSpace.require(directory, 1);
        assertThatThrownBy(() -> SpoolSpace.require(directory, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.sqlState()).isEqualTo("53100"))
                .hasMessageStartingWith("[RESOURCE_EXHAUSTED]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '((((' -- ((((",
                "SELECT `a(` FROM t /* ( /* ( */ */",
                "SELECT 'it\\'s (' || \"(\"",
                "SELECT 'unterminated",
                "/* unterminated",
                "SELECT `case`, endpoint FROM cases",
                ""
            })
    void isTooDeep_ofOrdinaryText_isFalse(String sql) {
        assertThat(NestingGuard.isTooDeep(sql)).isFalse();
        assertThat(NestingGuard.isTooDeep("(".repeat(1000) + sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "/*", "CASE "})
    void isTooDeep_beyondAThousandLevels_isTrue(String opening) {
        assertThat(NestingGuard.isTooDeep(opening.repeat(1000))).isFalse();
        assertThat(NestingGuard.isTooDeep(opening.repeat(1001))).isTrue();
    }

    @Test
    void isTooDeep_ofManyNestsBesideEachOther_isFalse() {
        assertThat(NestingGuard.isTooDeep("SELECT " + "(CASE WHEN a THEN [1] END /* x */), ".repeat(5000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "DECIMAL(10,2)", "INTERVAL YEAR TO MONTH", "TIMESTAMP_NTZ"})
    void sparkJson_ofPlainTypes_isAText(String type) {
        assertThat(SparkJson.of(type)).startsWith("\"").endsWith("\"").doesNotContain("{");
    }

    @Test
    void sparkJson_ofNestedTypes_keepsNamesAndNullability() {
        assertThat(SparkJson.of("STRUCT<`a, b`: INT NOT NULL COMMENT 'x, <y>', c: MAP<STRING, ARRAY<BIGINT>>>"))
                .isEqualTo("{\"type\":\"struct\",\"fields\":["
                        + "{\"name\":\"a, b\",\"type\":\"integer\",\"nullable\":false,\"metadata\":{}},"
                        + "{\"name\":\"c\",\"type\":{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":"
                        + "{\"type\":\"array\",\"elementType\":\"long\",\"containsNull\":true},"
                        + "\"valueContainsNull\":true},\"nullable\":true,\"metadata\":{}}]}");
    }
}
