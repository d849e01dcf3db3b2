package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tools read of tables; dbt takes the columns of a relation from SHOW TABLE EXTENDED or the JSON of DESCRIBE. */
class ShowAndDescribeTest {
    private static Engine engine;
    private static EngineSession session;

    @BeforeAll
    static void open() {
        engine = DuckEngine.open(Optional.empty());
        session = engine.openSession(new SessionSettings("me@x", Optional.empty(), Optional.empty(), Map.of()));
        Rows.of(session, "CREATE SCHEMA looks");
        Rows.of(session, "USE SCHEMA looks");
        Rows.of(
                session,
                "CREATE TABLE orders (id BIGINT NOT NULL COMMENT 'key', price DECIMAL(10,2),"
                        + " lines ARRAY<STRUCT<sku: STRING, tags: MAP<STRING, DATE>>>)"
                        + " COMMENT 'of customers' PARTITIONED BY (price) TBLPROPERTIES ('a.b' = 'c')");
        Rows.of(session, "CREATE VIEW cheap AS SELECT id FROM orders");
    }

    @AfterAll
    static void close() {
        session.close();
        engine.close();
    }

    @Test
    void showTableExtended_ofPattern_tellsTheSchemaAsATree() {
        List<List<String>> rows = Rows.of(session, "SHOW TABLE EXTENDED LIKE 'ord*'");
        assertThat(rows)
                .singleElement()
                .satisfies(r -> assertThat(r.subList(0, 3)).containsExactly("looks", "orders", "false"));
        assertThat(rows.get(0).get(3))
                .contains("Type: MANAGED\n", "Provider: delta\n", "Comment: of customers\n")
                .endsWith("""
                Schema: root
                 |-- id: long (nullable = false)
                 |-- price: decimal(10,2) (nullable = true)
                 |-- lines: array (nullable = true)
                 |    |-- element: struct (containsNull = true)
                 |    |    |-- sku: string (nullable = true)
                 |    |    |-- tags: map (nullable = true)
                 |    |    |    |-- key: string
                 |    |    |    |-- value: date (valueContainsNull = true)

                """);
        assertThat(Rows.of(session, "SHOW TABLE EXTENDED IN main.looks LIKE 'cheap'")
                        .get(0)
                        .get(3))
                .contains("Type: VIEW\n");
    }

    @Test
    void describeAsJson_ofNestedTypes_namesEachPart() throws Exception {
        JsonNode json = Json.parse(
                Rows.of(session, "DESCRIBE EXTENDED orders AS JSON").get(0).get(0));
        assertThat(json.get("namespace").get(0).asText()).isEqualTo("looks");
        assertThat(json.get("table_properties").get("a.b").asText()).isEqualTo("c");
        assertThat(json.get("partition_columns").get(0).asText()).isEqualTo("price");
        JsonNode columns = json.get("columns");
        assertThat(columns.get(0).get("type").get("name").asText()).isEqualTo("bigint");
        assertThat(columns.get(0).get("nullable").asBoolean()).isFalse();
        assertThat(columns.get(1).get("type").get("precision").asInt()).isEqualTo(10);
        JsonNode line = columns.get(2).get("type").get("element_type");
        assertThat(line.get("fields")
                        .get(1)
                        .get("type")
                        .get("value_type")
                        .get("name")
                        .asText())
                .isEqualTo("date");
        fails("DESCRIBE orders AS JSON", "DESCRIBE_JSON_NOT_EXTENDED");
    }

    @Test
    void describeColumn_ofTable_tellsThatColumnOnly() {
        assertThat(Rows.of(session, "DESC orders ID"))
                .containsExactly(List.of("col_name", "id"), List.of("data_type", "bigint"), List.of("comment", "key"));
        assertThat(Rows.of(session, "DESCRIBE EXTENDED orders price")).contains(List.of("max_col_len", "NULL"));
        fails("DESC orders nothing", "COLUMN_NOT_FOUND");
        fails("DESC orders lines.sku", "UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_NESTED");
    }

    @Test
    void show_ofPropertiesAndFunctions_followsKeyPatternAndScope() {
        assertThat(Rows.of(session, "SHOW TBLPROPERTIES orders (a.b)")).containsExactly(List.of("a.b", "c"));
        assertThat(Rows.of(session, "SHOW TBLPROPERTIES orders ('x')"))
                .containsExactly(List.of("x", "Table main.looks.orders does not have property: x"));
        assertThat(Rows.of(session, "SHOW SYSTEM FUNCTIONS LIKE 'ceil*'"))
                .containsExactly(List.of("ceil"), List.of("ceiling"));
        assertThat(Rows.of(session, "SHOW USER FUNCTIONS")).isEmpty();
        fails("SHOW SOME FUNCTIONS", "INVALID_STATEMENT_OR_CLAUSE");
    }

    @Test
    void refresh_ofTable_needsTheTable() {
        assertThat(Rows.of(session, "REFRESH TABLE orders")).isEmpty();
        fails("REFRESH TABLE gone", "TABLE_OR_VIEW_NOT_FOUND");
    }

    private static void fails(String sql, String errorClass) {
        assertThatThrownBy(() -> Rows.of(session, sql))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.errorClass()).as(e.getMessage()).isEqualTo(errorClass));
    }
}
