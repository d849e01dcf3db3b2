package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StructValue;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlParameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Values: every type there and back, names that contain anything, parameters that are bound. */
public interface WarehouseTypeContract extends WarehouseRoad {
    /** Every scalar type arrives with its value and is read as the Java class that {@code docs/types.md} names. */
    @Test
    default void scalar_everyType_arrivesAsItsJavaValue() {
        assertReads("CAST(true AS BOOLEAN)", true);
        assertReads("CAST(-128 AS TINYINT)", (byte) -128);
        assertReads("CAST(32767 AS SMALLINT)", (short) 32767);
        assertReads("CAST(-2147483648 AS INT)", Integer.MIN_VALUE);
        assertReads("CAST(9223372036854775807 AS BIGINT)", Long.MAX_VALUE);
        assertReads("CAST(1.5 AS FLOAT)", 1.5f);
        assertReads("CAST(-2.5e300 AS DOUBLE)", -2.5e300);
        assertReads("CAST(12.30 AS DECIMAL(9,2))", new BigDecimal("12.30"));
        assertReads(
                "CAST('-1234567890123456789012345678.0123456789' AS DECIMAL(38,10))",
                new BigDecimal("-1234567890123456789012345678.0123456789"));
        assertReads("'naïve 漢字 🙂 it''s'", "naïve 漢字 🙂 it's");
        assertReads("X'00FF10'", new byte[] {0, (byte) 0xFF, 0x10});
        assertReads("DATE'1969-12-31'", LocalDate.of(1969, 12, 31));
        assertReads("TIMESTAMP'2024-02-29T12:34:56.789123Z'", Instant.parse("2024-02-29T12:34:56.789123Z"));
        assertReads("TIMESTAMP_NTZ'2024-03-10 02:30:00.000001'", LocalDateTime.parse("2024-03-10T02:30:00.000001"));
    }

    /** Intervals of both kinds arrive. */
    @Test
    default void interval_bothKinds_arriveAsPeriodAndDuration() {
        Assumptions.assumeTrue(hasIntervals(), "the engine has no intervals");
        assertReads("INTERVAL '1-2' YEAR TO MONTH", Period.of(1, 2, 0));
        assertReads("INTERVAL '1 02:03:04.5' DAY TO SECOND", Duration.parse("P1DT2H3M4.5S"));
    }

    /** NULL of any type is NULL. */
    @Test
    default void scalar_null_isNullInEveryType() {
        for (String type :
                List.of("BOOLEAN", "INT", "BIGINT", "DOUBLE", "DECIMAL(38,2)", "STRING", "DATE", "TIMESTAMP")) {
            try (WarehouseRun run = WarehouseRun.on(this);
                    RowCursor cursor = run.cursor("SELECT CAST(NULL AS " + type + ") AS v")) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.isNull(0)).as(type).isTrue();
                assertThat(cursor.getObject(0)).as(type).isNull();
            }
        }
    }

    /** Arrays, maps and structs arrive as values, where the adapter says that they do. */
    @Test
    default void nested_arrayMapStruct_arriveAsValues() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Assumptions.assumeTrue(
                    run.warehouse().capabilities().contains(WarehouseCapability.NATIVE_NESTED_TYPES),
                    "the adapter gives nested types as text");
        }
        assertReads("array(1, 2, CAST(NULL AS INT))", Arrays.asList(1, 2, null));
        assertReads("map('a', 1, 'b', 2)", Map.of("a", 1, "b", 2));
        assertReads("named_struct('x', 1, 'y', 'z')", new StructValue(List.of("x", "y"), List.of(1, "z")));
        assertReads(
                "array(named_struct('k', array('v')))", List.of(new StructValue(List.of("k"), List.of(List.of("v")))));
    }

    /** A parameter is a value whatever it contains; it never becomes SQL. */
    @Test
    default void parameter_withQuotesUnicodeAndSql_isBoundAsItIs() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            if (!run.warehouse().capabilities().contains(WarehouseCapability.NAMED_PARAMETERS)) {
                assertRefusesParameters(run);
                return;
            }
            for (String text : List.of(
                    "it's", "\"q\" `b`", "漢字 🙂", "a\\'b", "x'; DROP TABLE t; --", ":other", "line\nbreak", "")) {
                assertThat(run.value("SELECT :p AS v", SqlParameter.of("p", text)))
                        .isEqualTo(text);
            }
            assertThat(String.valueOf(run.value(
                            "SELECT count(*) AS c FROM range(10) WHERE CAST(id AS STRING) = :id",
                            SqlParameter.of("id", "0' OR '1'='1"))))
                    .isEqualTo("0");
        }
    }

    /** Parameters of other types keep type and value, NULL included. */
    @Test
    default void parameter_ofEachType_keepsItsValue() {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            Assumptions.assumeTrue(
                    run.warehouse().capabilities().contains(WarehouseCapability.NAMED_PARAMETERS),
                    "the adapter has no named parameters");
            for (Object value : List.of(
                    true,
                    42,
                    Long.MIN_VALUE,
                    2.5,
                    new BigDecimal("0.010"),
                    LocalDate.of(2024, 2, 29),
                    Instant.parse("2024-02-29T12:34:56.789123Z"))) {
                assertThat(run.value("SELECT :p AS v", SqlParameter.of("p", value)))
                        .isEqualTo(value);
            }
            assertThat(run.value("SELECT :p AS v", SqlParameter.of("p", null))).isNull();
        }
    }

    /** A quoted identifier can hold anything. */
    @Test
    default void identifier_withBacktickBlankAndDot_comesBackAsItIs() {
        String name = "we`ird na.me ü";
        try (WarehouseRun run = WarehouseRun.on(this);
                RowCursor cursor =
                        run.cursor("SELECT 1 AS " + Identifier.of(name).quoted())) {
            assertThat(cursor.schema().columns()).extracting("name").containsExactly(name);
        }
    }

    private void assertReads(String expression, Object expected) {
        try (WarehouseRun run = WarehouseRun.on(this)) {
            @Nullable Object value = run.value("SELECT " + expression + " AS v");
            assertThat(value).as(expression).isEqualTo(expected);
        }
    }

    private static void assertRefusesParameters(WarehouseRun run) {
        assertThatThrownBy(() -> run.value("SELECT :p AS v", SqlParameter.of("p", "x")))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.NOT_SUPPORTED));
    }
}
