package io.lakeport.app.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuerySourcesTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT a, b FROM t;                                                              t
            SELECT * FROM a.b.c AS x, d y JOIN `e@f`.g USING (id), h WHERE x.i IN (1, 2);    a.b.c d `e@f`.g h
            SELECT * FROM a WHERE x = 1, b;                                                  a b
            SELECT * FROM a AS `where`, b;                                                   a b
            SELECT * FROM (a JOIN (b) ON a.x = b.x), (c);                                    a b c
            SELECT (SELECT max(x) FROM a), x IN (SELECT y FROM b) FROM c;                    a b c
            SELECT 'FROM x', "FROM y" /* FROM z */ FROM a -- , b;                            a
            WITH a AS (SELECT * FROM b), c(x) AS (SELECT x FROM a) SELECT * FROM c;          b
            WITH a AS (SELECT * FROM a) SELECT * FROM a;                                     a
            WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM b;                    b
            SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) JOIN a;                     a
            WITH a AS (SELECT 1) SELECT * FROM a UNION ALL (SELECT * FROM s.a);              s.a
            SELECT extract(YEAR FROM d), trim(BOTH ' ' FROM s) FROM a;                       a
            SELECT extract(YEAR FROM (SELECT d FROM b)) FROM a;                              b a
            SELECT x IS DISTINCT FROM y, x IS NOT DISTINCT FROM z FROM a;                    a
            TABLE a;                                                                         a
            FROM a SELECT x, y;                                                              a
            SELECT * FROM a VERSION AS OF 3 UNION SELECT * FROM b@v7;                        a b
            SELECT * FROM VALUES (1) AS v(x), a;                                             a
            SELECT * FROM range(3) AS r(id), LATERAL (SELECT * FROM a WHERE r.id = x);       a
            SELECT * FROM a LATERAL VIEW explode(xs) e AS x WHERE x > 1;                     a
            SELECT x, sum(y) OVER (PARTITION BY x, z ORDER BY y) FROM a GROUP BY x, y;       a
            SELECT count(*) FROM a GROUP BY b WITH ROLLUP HAVING sum(x) > 1 ORDER BY b, c;   a
            SELECT * FROM a PIVOT (sum(x) FOR y IN ('p', 'q')), b;                           a b
            SELECT cast(x AS decimal(10,2)), x::decimal(3,1), if(x, 1, 2) FROM a;            a
            SELECT * EXCEPT (a, b) FROM c;                                                   c
            """)
    void of_queryOfStableFunctions_namesEveryTableAndNothingElse(String sql, String tables) {
        QuerySources sources = QuerySources.of(sql);

        assertThat(sources.obstacle()).isEmpty();
        assertThat(sources.tables()).extracting(TableName::toString).containsExactly(quoted(tables));
    }

    private static String[] quoted(String tables) {
        return Arrays.stream(tables.split(" "))
                .map(name -> TableName.parse(name).quoted())
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT rand() FROM a",
                "SELECT `rand`() FROM a",
                "SELECT now()",
                "SELECT current_timestamp FROM a",
                "SELECT * FROM a WHERE owner = current_user()",
                "SELECT main.default.my_function(x) FROM a",
                "SELECT my_function(x) FROM a",
                "SELECT unix_timestamp() FROM a",
                "SELECT DATE'today' FROM a",
                "SELECT timestamp ' Now  CET' FROM a",
                "SELECT * FROM IDENTIFIER('a')",
                "SELECT * FROM read_files('/x')",
                "SELECT * FROM table_changes('a', 1)",
                "SELECT * FROM delta.`/mnt/x`",
                "SELECT * FROM a TABLESAMPLE (10 PERCENT)",
                "SELECT * FROM STREAM a",
                "WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a",
                "SELECT 1; SELECT 2",
                "FROM a |> WHERE x = 1",
                "FROM a INSERT INTO b SELECT *",
                "INSERT INTO a VALUES (1)",
                "SHOW TABLES",
                "DESCRIBE HISTORY a",
                "SELECT (1 FROM a",
                "SELECT 1) FROM a",
                "SELECT * FROM \"a\"",
                "",
            })
    void of_whatMayDifferWithoutAChange_isAnObstacle(String sql) {
        assertThat(QuerySources.of(sql).obstacle()).isPresent();
    }

    @Test
    void of_parameterThatNamesAMoment_isAnObstacle() {
        StatementRequest.Builder request = StatementRequest.of("SELECT * FROM a WHERE d = :d");
        Deadline soon = Deadline.after(Duration.ofMinutes(1));

        assertThat(QuerySources.of(request.parameter(new SqlParameter("d", "DATE", Optional.of("today")))
                                .build(soon))
                        .obstacle())
                .isPresent();
        assertThat(QuerySources.of(StatementRequest.of("SELECT * FROM a WHERE d = :d")
                        .parameter(SqlParameter.of("d", "today"))
                        .build(soon)))
                .isEqualTo(new QuerySources(List.of(TableName.parse("a")), Optional.empty()));
    }
}
