package io.lakeport.localworkspace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quartz' expressions, by the examples of its documentation. */
class QuartzCronTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 12 * * ?           | 2026-03-03T12:00:00Z | 2026-03-04T12:00:00Z",
                "0 0/5 14 * * ?         | 2026-03-03T14:55:00Z | 2026-03-04T14:00:00Z",
                "0 0-5 14 * * ?         | 2026-03-03T14:00:30Z | 2026-03-03T14:01:00Z",
                "0 15 10 ? * MON-FRI    | 2026-03-06T10:15:00Z | 2026-03-09T10:15:00Z",
                "0 15 10 ? * 6L         | 2026-03-03T00:00:00Z | 2026-03-27T10:15:00Z",
                "0 15 10 ? * 6#3        | 2026-03-03T00:00:00Z | 2026-03-20T10:15:00Z",
                "0 15 10 L * ?          | 2028-02-01T00:00:00Z | 2028-02-29T10:15:00Z",
                "0 0 0 29 2 ?           | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 10,44 14 ? 3 WED     | 2026-03-04T14:10:00Z | 2026-03-04T14:44:00Z",
                "*/20 * * * * ?         | 2026-03-03T14:00:41Z | 2026-03-03T14:01:00Z",
                "0 0 22-2 * * ?         | 2026-03-03T22:30:00Z | 2026-03-03T23:00:00Z",
                "0 0 6 1 1 ? 2030       | 2026-03-03T00:00:00Z | 2030-01-01T06:00:00Z",
                "0 30 2 * * ?           | 2026-03-28T12:00:00+01:00[Europe/Berlin] | 2026-03-29T03:30:00+02:00[Europe/Berlin]",
            })
    void next_expression_isTheFirstTimeAfter(String cron, String after, String next) {
        assertThat(QuartzCron.parse(cron).next(ZonedDateTime.parse(after)))
                .hasValueSatisfying(time -> assertThat(time.toInstant())
                        .isEqualTo(ZonedDateTime.parse(next).toInstant()));
    }

    @Test
    void next_yearThatIsOver_isNever() {
        assertThat(QuartzCron.parse("0 0 0 1 1 ? 2020").next(ZonedDateTime.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 2 * * *",
                "0 0 2 * * *",
                "0 0 2 ? * ?",
                "0 0 25 * * ?",
                "0 0 2 ? * FOO",
                "x 0 2 * * ?",
                "0 0 2 1W * ?"
            })
    void parse_notQuartz_isRefused(String cron) {
        assertThatThrownBy(() -> QuartzCron.parse(cron)).isInstanceOf(IllegalArgumentException.class);
    }
}
