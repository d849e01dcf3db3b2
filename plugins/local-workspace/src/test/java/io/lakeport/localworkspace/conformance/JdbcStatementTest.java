package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements of the official driver: large, limited, failing, cancelled, many at once. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lakeport.localworkspace.conformance.DriverClient#all")
class JdbcStatementTest extends JdbcConformance {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(10000000) AS a CROSS JOIN range(10000000) AS b WHERE a.id + b.id = -1";

    @Test
    @Proves("A million rows")
    void millionRows_read_areAllThereInOrder() throws SQLException {
        // The way of signing in changes nothing of a result: less of it will do.
        int count = client.oauth() ? 250_000 : 1_000_000;
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, 'row ' || id AS s FROM range(" + count + ")")) {
            long expected = 0;
            while (rows.next()) {
                if (rows.getLong(1) != expected || !rows.getString(2).endsWith(String.valueOf(expected))) {
                    throw new AssertionError("row " + expected + " is " + rows.getLong(1) + ", " + rows.getString(2));
                }
                expected++;
            }
            assertThat(expected).isEqualTo(count);
        }
    }

    @Test
    @Proves("Row limits and fetch size")
    void maxRows_set_limitsTheRows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(7);
            assertThat(rows(statement.executeQuery("SELECT id FROM range(100) ORDER BY id"), "id"))
                    .containsExactly("0", "1", "2", "3", "4", "5", "6");
        }
    }

    @Test
    @Proves("Row limits and fetch size")
    void fetchSize_set_changesNoRow() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            assertThat(rows(statement.executeQuery("SELECT id FROM range(1000)"), "id"))
                    .hasSize(1000);
        }
    }

    @Test
    @Proves("Cancel")
    void cancel_fromAnotherThread_endsTheStatement() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection connection = connect(";EnableDirectResults=0");
                Statement statement = connection.createStatement()) {
            Future<?> query = thread.submit(() -> statement.executeQuery(ENDLESS));
            // Before the driver knows the statement's id it cancels nothing: hence again and again.
            for (int i = 0; i < 300 && !query.isDone(); i++) {
                statement.cancel();
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(query).isDone();
            assertThatThrownBy(query::get).hasCauseInstanceOf(SQLException.class);
            assertThat(one(connection, "SELECT 3")).isEqualTo("3");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @Proves("Query timeout")
    void queryTimeout_exceeded_failsAndConnectionLives() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(ENDLESS)).isInstanceOf(SQLException.class);
            assertThat(one(connection, "SELECT 4")).isEqualTo("4");
        }
    }

    @Test
    @Proves("Errors and SQLSTATE")
    void error_ofEachKind_hasSparksClassAndState() throws SQLException {
        try (Connection connection = connect()) {
            assertFails(connection, "SELEC 1", "PARSE_SYNTAX_ERROR", "42601");
            assertFails(connection, "SELECT * FROM nowhere", "TABLE_OR_VIEW_NOT_FOUND", "42P01");
            assertFails(connection, "SELECT nothing FROM range(1)", "UNRESOLVED_COLUMN", "42703");
            assertFails(connection, "SELECT no_such(1)", "UNRESOLVED_ROUTINE", "42883");
            assertFails(connection, "SELECT 1 / 0", "DIVIDE_BY_ZERO", "22012");
            assertFails(connection, "SELECT CAST('x' AS INT)", "CAST_INVALID_INPUT", "22018");
            assertFails(
                    connection,
                    "CREATE TABLE samples.faa.birdstrikes (a INT)",
                    "TABLE_OR_VIEW_ALREADY_EXISTS",
                    "42P07");
            assertFails(connection, "USE CATALOG nowhere", "NO_SUCH_CATALOG_EXCEPTION", "42704");
            assertThat(one(connection, "SELECT 5")).isEqualTo("5");
        }
    }

    private static void assertFails(Connection connection, String sql, String errorClass, String state) {
        SQLException failure = catchThrowableOfType(SQLException.class, () -> run(connection, sql));
        assertNotNull(failure, sql);
        assertThat((Throwable) failure).as(sql).isNotNull().hasMessageContaining(errorClass);
        assertThat(failure.getSQLState()).as(sql).isEqualTo(state);
    }

    @Test
    @Proves("Result sets")
    void columns_namedTwiceOrOddly_areReadByIndexAndName() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT 1 AS a, 2 AS a, 3 AS `täb le`, count(*) FROM range(9)")) {
            rows.next();
            assertThat(rows.getInt(1) + "," + rows.getInt(2)).isEqualTo("1,2");
            assertThat(rows.getInt("täb le")).isEqualTo(3);
            assertThat(rows.getMetaData().getColumnName(4).toLowerCase(Locale.ROOT))
                    .isEqualTo("count(1)");
        }
    }

    @Test
    @Proves("Result sets")
    void result_empty_hasColumnsAndNoRow() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, 'x' AS s FROM range(0)")) {
            assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    @Proves("Concurrency")
    void statements_manyAtOnce_allAnswer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Connection connection = connect()) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int n = i;
                calls.add(() -> one(connection, "SELECT sum(id) + " + n + " FROM range(1000)"));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i)).isEqualTo(String.valueOf(499_500 + i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Proves("SQL text of a megabyte")
    void text_ofAMegabyte_runs() throws SQLException {
        try (Connection connection = connect()) {
            String text = "x".repeat(1_000_000);
            assertThat(one(connection, "SELECT length('" + text + "')")).isEqualTo("1000000");
        }
    }
}
