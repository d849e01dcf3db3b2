package io.lakeport.core.export.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.sql.TableName;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be asked of a source's columns, what may change about them, and what wall clocks show. */
class SourceRulesTest {
    private static final ExportRequest.Builder REQUEST =
            ExportRequest.builder(TableName.of("main", "default", "t"), URI.create("memory:///t/"));

    private static List<Column> columns(String text) {
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .map(column -> new Column(
                        column.substring(0, column.indexOf(' ')),
                        SqlTypeParser.parse(column.substring(column.indexOf(' ') + 1))))
                .toList();
    }

    private static ExportManifest run(long sequence, ExportMode mode, String columns) {
        return new ExportManifest(
                sequence,
                "r" + sequence,
                new ExportOrigin("t", "stream", List.of(), OptionalLong.of(1), Optional.empty(), Optional.empty()),
                "parquet",
                mode,
                List.of(),
                columns(columns),
                List.of(),
                Set.of(),
                List.of(),
                0,
                Instant.EPOCH,
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a INT; b STRING                  | a INT; b STRING; c DATE
                    a INT; b STRING; c DATE          | a INT; c DATE
                    a TINYINT; b FLOAT               | a BIGINT; b DOUBLE
                    a DECIMAL(10,2)                  | a DECIMAL(12,3)
                    A INT                            | a INT
                    a INT; b INT; c STRING           | a INT; c STRING
                    a INT; _change_type STRING       | a INT
                    """)
    void check_changeThatReadersBridge_isAllowed(String before, String now) {
        assertThatCode(() -> new SchemaRules(REQUEST.build())
                        .check(List.of(run(1, ExportMode.APPEND, before)), columns(now)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a BIGINT                     | a INT                      | column 'a' of `main`.`default`.`t` was BIGINT
                    a INT                        | a STRING                   | is now STRING
                    a DECIMAL(10,2)              | a DECIMAL(10,3)            | was DECIMAL(10,2)
                    a INT                        | a DOUBLE                   | is now DOUBLE
                    a DATE                       | a TIMESTAMP_NTZ            | is now TIMESTAMP_NTZ
                    a STRUCT<x: INT>             | a STRUCT<x: BIGINT>        | is now STRUCT<x: BIGINT>
                    a INT; b STRING              | a INT; c STRING            | as if it were renamed
                    """)
    void check_changeThatReadersCannotBridge_isRefusedByNameAndType(String before, String now, String said) {
        assertThatThrownBy(() -> new SchemaRules(REQUEST.build())
                        .check(List.of(run(1, ExportMode.APPEND, before)), columns(now)))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("mode OVERWRITE");
    }

    @Test
    void check_columnThatComesBackWithAnotherType_isComparedWithTheFilesThatStillCount() {
        ExportManifest first = run(1, ExportMode.APPEND, "a INT; b STRING");
        ExportManifest second = run(2, ExportMode.APPEND, "a INT");
        ExportManifest anew = run(3, ExportMode.OVERWRITE, "a INT");
        SchemaRules rules = new SchemaRules(REQUEST.build());

        assertThatThrownBy(() -> rules.check(List.of(first, second), columns("a INT; b INT")))
                .hasMessageContaining("column 'b'");
        assertThatCode(() -> rules.check(List.of(first, second, anew), columns("a INT; b INT")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    columns | nam           | column 'nam' is not in `main`.`default`.`t`; did you mean 'name'?
                    columns | id            | partition column 'name' is not among the exported columns [id]
                    key     | nme           | did you mean 'name'?
                    key     | ID            | key column 'ID' is spelled 'id'
                    key     | tags          | key column 'tags' of `main`.`default`.`t` is MAP<STRING, INT>
                    part    | year(name)    | partition 'year(name)' needs a date or timestamp, but 'name' of `main`.`default`.`t` is STRING
                    part    | hour(day)     | partition 'hour(day)' needs a timestamp
                    part    | year(dai)     | did you mean 'day'?
                    part    | date(day) AS id | would be a second column named 'id'; name it otherwise, as in 'date(day) AS id_part'
                    """)
    void check_requestThatDoesNotFit_isRefusedByName(String what, String name, String said) {
        ExportRequest.Builder request =
                ExportRequest.builder(TableName.of("main", "default", "t"), URI.create("memory:///t/"));
        switch (what) {
            case "columns" -> request.columns(List.of(name)).partitionBy(List.of("name"));
            case "key" -> request.keys(List.of(name));
            default -> request.partitionBy(List.of(name));
        }
        assertThatThrownBy(() -> new SourceColumns(
                                request.build(), columns("id INT; name STRING; day DATE; tags MAP<STRING, INT>"))
                        .check())
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        // Without a zone, what no clock on earth shows again.
        "2026-06-01T13:00:00Z, '', 2026-06-01T01:00:00",
        "2026-06-01T13:00:00Z, Europe/Berlin, 2026-06-01T15:00:00",
        // Summer time begins: nothing is repeated.
        "2026-03-29T00:59:59Z, Europe/Berlin, 2026-03-29T01:59:59",
        "2026-03-29T01:00:00Z, Europe/Berlin, 2026-03-29T03:00:00",
        // Summer time ends at 01:00Z: 02:00 to 03:00 comes twice, and waits until the second time.
        "2026-10-24T23:59:59Z, Europe/Berlin, 2026-10-25T01:59:59",
        "2026-10-25T00:30:00Z, Europe/Berlin, 2026-10-25T02:00:00",
        "2026-10-25T01:30:00Z, Europe/Berlin, 2026-10-25T02:30:00",
    })
    void passed_instant_isNeverShownAgain(Instant instant, String zone, LocalDateTime expected) {
        Optional<ZoneId> known =
                Optional.of(zone).filter(text -> !text.isEmpty()).map(ZoneId::of);
        assertThat(WallClock.passed(instant, known)).isEqualTo(expected);
    }
}
