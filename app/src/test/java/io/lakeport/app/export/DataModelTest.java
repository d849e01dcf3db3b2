package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.app.config.DataModelFile;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.model.DataModel;
import io.lakeport.core.export.model.ModelReport;
import io.lakeport.core.export.model.ModelViolation;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports that are held against a declared data model. */
@Tag("AA-53")
class DataModelTest {
    private static final String GOOD = """
            {"name": "orders", "additional_columns": "refuse", "columns": [
              {"name": "ID", "type": "BIGINT", "required": true, "unique": true, "min": 0, "max": "9999"},
              {"name": "name", "type": "STRING", "pattern": "name \\\\d+", "max_length": 7},
              {"name": "part", "type": "BIGINT", "values": [0, 1, 2, 3, 4]},
              {"name": "updated_at", "type": "TIMESTAMP", "min": "2026-01-01T00:00:00Z"}]}
            """;

    @TempDir
    static Path folder;

    private static ExportWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new ExportWorld(folder);
        world.run("CREATE TABLE broken (id BIGINT, name STRING, amount DECIMAL(9,2), day DATE, small SMALLINT)");
        world.run(
                "INSERT INTO broken VALUES (1, 'a', 1.50, DATE'2026-01-01', 1), (1, 'b', -1.00, DATE'2026-01-02', 2),"
                        + " (NULL, 'a\\nx', 7.25, DATE'2025-12-31', 3), (2, NULL, NULL, NULL, NULL), (3, 'it''s', 9.99, NULL, 5)");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Optional<ExportManifest> export(
            String table, String target, DataModel model, boolean refusing, List<ModelReport> reports) {
        ExportService exports = world.bulk().tenant("acme").exports().conformingTo(model, refusing, reports::add);
        ExportRequest request =
                ExportRequest.full(TableName.parse(table), world.files().resolve(target + "/"));
        return exports.run(request, Deadline.after(Duration.ofMinutes(2)), progress -> {});
    }

    @Test
    void export_rowsThatConform_isWritten() {
        List<ModelReport> reports = new ArrayList<>();

        Optional<ExportManifest> manifest = export("orders", "good", DataModelFile.parse(GOOD, "good"), true, reports);

        assertThat(manifest.orElseThrow().rows()).isEqualTo(ExportWorld.ROWS);
        assertThat(reports).containsExactly(new ModelReport("orders", ExportWorld.ROWS, List.of()));
    }

    @Test
    void export_violatedAndRefusing_namesEachRuleWithItsRowsAndLeavesNothing() {
        DataModel model = DataModelFile.parse("""
                {"additional_columns": "refuse", "columns": [
                  {"name": "id", "type": "BIGINT", "required": true, "unique": true, "max": 2},
                  {"name": "name", "type": "STRING", "pattern": "[a-z]", "max_length": 3, "values": ["a", "b", "it's"]},
                  {"name": "amount", "type": "DECIMAL(12,2)", "min": "0.00", "max": 9.5},
                  {"name": "day", "type": "TIMESTAMP"},
                  {"name": "smal", "type": "INT"}]}
                """, "model.json");

        assertThatThrownBy(() -> export("broken", "refused", model, true, new ArrayList<>()))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("does not conform to data model 'model.json'")
                .hasMessageContaining("column 'day' is TIMESTAMP: it is DATE")
                .hasMessageContaining("column 'smal' is INT: there is no such column; did you mean 'small'?")
                .hasMessageContaining("column 'small' is not declared: it is SMALLINT")
                .hasMessageContaining("column 'id' is not NULL: not in 1 of 5 rows")
                .hasMessageContaining("column 'id' is unique: not in 1 of 5 rows")
                .hasMessageContaining("column 'id' is at most 2: not in 1 of 5 rows")
                .hasMessageContaining("column 'name' matches [a-z]: not in 2 of 5 rows")
                .hasMessageContaining("column 'name' has at most 3 characters: not in 1 of 5 rows")
                .hasMessageContaining("column 'name' is one of [a, b, it's]: not in 1 of 5 rows")
                .hasMessageContaining("column 'amount' is at least 0.00 and is at most 9.5: not in 2 of 5 rows")
                .hasMessageContaining("nothing was written");
        assertThat(Path.of(world.files().resolve("refused/"))).isEmptyDirectory();
    }

    @Test
    void export_violatedAndReporting_isWrittenAndTold() {
        List<ModelReport> reports = new ArrayList<>();
        DataModel model = DataModelFile.parse(
                "{\"name\": \"m\", \"columns\": [{\"name\": \"small\", \"type\": \"INT\", \"required\": true}]}", "m");

        Optional<ExportManifest> manifest = export("broken", "reported", model, false, reports);

        assertThat(manifest.orElseThrow().rows()).isEqualTo(5);
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.conforms()).isFalse();
            assertThat(report.violations())
                    .extracting(ModelViolation::toString)
                    .containsExactly("column 'small' is not NULL: not in 1 of 5 rows");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"columns": []}                                                    | declares no column
            {"columns": [{"name": "a", "type": "NUMBER"}]}                     | 'NUMBER' is no type of Databricks SQL
            {"columns": [{"name": "a", "type": "INT", "pattern": "x"}]}        | column 'a' is INT, of which 'matches x' cannot be told
            {"columns": [{"name": "a", "type": "STRING", "pattern": "("}]}     | line 1, /columns/0/pattern
            {"columns": [{"name": "a", "type": "DATE", "min": "tomorrow"}]}    | column 'a' is DATE, and 'tomorrow' is none
            {"columns": [{"name": "a", "type": "INT", "value": [1]}]}          | unknown key 'value'; did you mean 'values'?
            {"columns": [{"name": "a", "type": "INT"}, {"name": "A", "type": "INT"}]} | declares column 'A' twice
            {"columns": [{"name": "a", "type": "INT", "values": []}]}          | needs at least one
            """)
    void parse_modelThatCannotBeMeant_namesThePlace(String text, String complaint) {
        assertThatThrownBy(() -> DataModelFile.parse(text, "model.json"))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("model.json")
                .hasMessageContaining(complaint);
    }
}
