package io.lakeport.warehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlMarkersTest {
    private static PositionalSql positional(String sql) {
        return PositionalSql.of(StatementRequest.of(sql)
                .parameter(SqlParameter.of("p", "x"))
                .parameter(SqlParameter.of("at", Instant.EPOCH))
                .build(Deadline.after(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ':p', \":p\", `:p`, `a``:p`",
                "SELECT 'it\\':p', 'two'':p'",
                "SELECT r'\\', ':p'",
                "SELECT 1 -- :p",
                "SELECT /* :p /* nested :p */ :p */ 1",
                "SELECT a::p, a:p, a.b:p, f(x):p, `c`:p, a['k']:p",
                "SELECT CAST(x AS STRUCT<p:INT, at: INT>)",
                "SELECT $$ :p $$",
                "SELECT 'never closed :p",
                "SELECT /* never closed :p",
                "SELECT :other, a ?::p"
            })
    void of_colonThatIsNoMarker_staysAsItIs(String sql) {
        assertThat(positional(sql)).isEqualTo(new PositionalSql(sql, java.util.List.of()));
    }

    @Test
    void of_markers_becomePositionsWithTheirType() {
        PositionalSql sql = positional("SELECT :p, f(:at) -- :p\nWHERE x=:p AND':p'<>:p AND r=':at'");

        assertThat(sql.sql()).isEqualTo("SELECT ?, f(CAST(? AS TIMESTAMP)) -- :p\nWHERE x=? AND':p'<>? AND r=':at'");
        Optional<String> text = Optional.of("x");
        assertThat(sql.values()).containsExactly(text, Optional.of("1970-01-01T00:00:00Z"), text, text);
        assertThat(sql.toString()).doesNotContain("SELECT");
    }

    @Test
    void of_questionMarkBesideNames_isRefused() {
        assertThatThrownBy(() -> positional("SELECT ?, :p"))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT) , (SELECT 1", "ARRAY<INT>", "GEOMETRY(4326)", "STRING'"})
    void of_typeThatIsNone_neverReachesTheSql(String type) {
        StatementRequest request = StatementRequest.of("SELECT :p")
                .parameter(new SqlParameter("p", type, Optional.of("1")))
                .build(Deadline.after(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> PositionalSql.of(request)).isInstanceOf(LakeportException.class);
    }
}
