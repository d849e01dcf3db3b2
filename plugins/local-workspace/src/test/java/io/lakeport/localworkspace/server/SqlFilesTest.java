package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import io.lakeport.localworkspace.file.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files read and written by SQL: direct queries, read_files, COPY INTO, INSERT OVERWRITE DIRECTORY. */
class SqlFilesTest {
    @TempDir
    static Path bucket;

    private static LocalWorkspace workspace;
    private static RawClient client;

    @BeforeAll
    static void start() {
        WorkspaceOptions options = WorkspaceOptions.defaults().withMounts(List.of(new Mount("s3://acme", bucket)));
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), options, DuckEngine::open);
        client = new RawClient(workspace);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static String write(String name, String content) throws IOException {
        Path file = bucket.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return "s3://acme/" + name;
    }

    private static JsonNode run(String sql) {
        return client.run(sql, "");
    }

    private static List<String> rows(String sql) {
        JsonNode answer = run(sql);
        assertThat(answer.path("status").path("state").asText())
                .as(sql + "\n" + answer.path("status"))
                .isEqualTo("SUCCEEDED");
        List<String> rows = new ArrayList<>();
        for (JsonNode row : answer.path("result").path("data_array")) {
            List<String> cells = new ArrayList<>();
            row.forEach(c -> cells.add(c.isNull() ? "NULL" : c.asText()));
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    private static String columns(String sql) {
        List<String> columns = new ArrayList<>();
        run(sql).path("manifest")
                .path("schema")
                .path("columns")
                .forEach(c -> columns.add(
                        c.path("name").asText() + " " + c.path("type_text").asText()));
        return String.join(", ", columns);
    }

    private static String error(String sql) {
        JsonNode status = run(sql).path("status");
        assertThat(status.path("state").asText()).as(sql).isEqualTo("FAILED");
        return status.path("error").path("message").asText();
    }

    @Test
    void directQuery_csv_isTextWithoutHeader() throws IOException {
        String path = write("direct/a b.csv", "id,name\n1,\"x, y\"\n2,\n");
        assertThat(rows("SELECT * FROM csv.`" + path + "`")).containsExactly("id|name", "1|x, y", "2|NULL");
        assertThat(columns("SELECT * FROM csv.`" + path + "`")).isEqualTo("_c0 STRING, _c1 STRING");
        assertThat(rows("SELECT value FROM text.`" + path + "`")).containsExactly("id,name", "1,\"x, y\"", "2,");
    }

    @Test
    void directQuery_json_hasFieldsInOrderOfNamesAndDatesAsText() throws IOException {
        String path = write(
                "json/x.json", "{\"b\":1,\"a\":\"2020-01-01\",\"c\":{\"z\":1.5,\"y\":[true]}}\n{\"b\":2,\"d\":null}\n");
        assertThat(columns("SELECT * FROM json.`" + path + "`"))
                .isEqualTo("a STRING, b BIGINT, c STRUCT<y: ARRAY<BOOLEAN>, z: DOUBLE>, d STRING");
        assertThat(rows("SELECT a, b, c.z, c.y[0] FROM json.`" + path + "`"))
                .containsExactly("2020-01-01|1|1.5|true", "NULL|2|NULL|NULL");
    }

    @Test
    void directQuery_partitionedDirectory_hasItsKeysAsColumns() throws IOException {
        write("parts/day=2024-01-01/k=a%2Fb/x.csv", "1\n");
        write("parts/day=2024-01-02/k=__HIVE_DEFAULT_PARTITION__/x.csv", "2\n");
        write("parts/_ignored/x.csv", "3\n");
        assertThat(rows("SELECT _c0, day, k FROM csv.`s3://acme/parts` ORDER BY 1"))
                .containsExactly("1|2024-01-01|a/b", "2|2024-01-02|NULL");
        assertThat(rows("SELECT _c0 FROM csv.`s3://acme/parts/day=2024-01-0[12]/k=a*`"))
                .containsExactly("1");
    }

    @Test
    void metadata_tellsTheFileOfARow_butNotToStars() throws IOException {
        String path = write("meta/f 1.csv", "1\n");
        assertThat(rows("SELECT _metadata.file_path, _metadata.file_name, _metadata.file_size, t.* FROM csv.`" + path
                        + "` t"))
                .containsExactly("s3://acme/meta/f 1.csv|f 1.csv|2|1");
    }

    @Test
    void readFiles_csv_infersTypesAndRescues() throws IOException {
        String path = write("rf/a.csv", "id,when,amount,ok\n1,2024-05-01,1.5,true\n2,2024-05-02,2,false\n");
        String read = "SELECT * FROM read_files('" + path + "', format => 'csv', header => true)";
        assertThat(columns(read)).isEqualTo("id INT, when DATE, amount DOUBLE, ok BOOLEAN, _rescued_data STRING");
        assertThat(rows(read)).containsExactly("1|2024-05-01|1.5|true|NULL", "2|2024-05-02|2.0|false|NULL");
        String typed = "SELECT id, when, _rescued_data FROM read_files('" + path
                + "', header => 'true', schema => 'id INT, when INT')";
        assertThat(rows(typed).get(0))
                .startsWith("1|NULL|{\"when\":\"2024-05-01\",\"_file_path\":\"s3://acme/rf/a.csv\"}");
    }

    @Test
    void readFiles_unknownOptionPathOrLocation_isRefused() throws IOException {
        String path = write("rf2/a.csv", "1\n");
        assertThat(error("SELECT * FROM read_files('" + path + "', format => 'csv', frobnicate => 'x')"))
                .contains("frobnicate");
        assertThat(error("SELECT * FROM read_files('s3://acme/none/', format => 'csv')"))
                .startsWith("[PATH_NOT_FOUND]");
        assertThat(error("SELECT * FROM csv.`s3://elsewhere/x`")).startsWith("[NO_PARENT_EXTERNAL_LOCATION_FOR_PATH]");
        assertThat(error("SELECT * FROM text.`file:/etc/passwd`")).startsWith("[NO_PARENT_EXTERNAL");
        assertThat(error("SELECT * FROM csv.`s3://acme/../etc/passwd`")).startsWith("[INVALID_PARAMETER_VALUE");
    }

    @Test
    void copyInto_loadsEachFileOnce_evenAfterItChanged() throws IOException {
        write("in/1.csv", "id,name\n1,a\n2,b\n");
        rows("CREATE TABLE loaded (id INT, name STRING, extra STRING)");
        String copy = "COPY INTO loaded FROM 's3://acme/in' FILEFORMAT = CSV"
                + " FORMAT_OPTIONS ('header' = 'true', 'inferSchema' = 'true')";
        assertThat(rows(copy)).containsExactly("2|2|0");
        assertThat(columns(copy))
                .isEqualTo("num_affected_rows BIGINT, num_inserted_rows BIGINT, num_skipped_corrupt_files BIGINT");
        write("in/1.csv", "id,name\n9,changed\n");
        write("in/2.csv", "id,name\n3,c\n");
        assertThat(rows(copy)).containsExactly("1|1|0");
        assertThat(rows(copy)).containsExactly("0|0|0");
        assertThat(rows(copy + " COPY_OPTIONS ('force' = 'true')")).containsExactly("2|2|0");
        assertThat(rows("SELECT id, name, extra FROM loaded ORDER BY ALL"))
                .containsExactly("1|a|NULL", "2|b|NULL", "3|c|NULL", "3|c|NULL", "9|changed|NULL");
        assertThat(rows("SHOW TBLPROPERTIES loaded")).noneMatch(row -> row.contains("lakeport"));
        rows("CREATE OR REPLACE TABLE loaded (id INT, name STRING)");
        assertThat(rows(copy)).containsExactly("2|2|0");
    }

    @Test
    void copyInto_query_castsSelectsAndTellsTheFile() throws IOException {
        write("q/a.csv", "1;x\n2;y\n");
        rows("CREATE TABLE chosen (id BIGINT, name STRING, file STRING)");
        assertThat(rows("COPY INTO chosen FROM (SELECT _c0::bigint AS id, upper(_c1) AS name, _metadata.file_name AS"
                        + " file FROM 's3://acme/q/' WHERE _c0 > 1) FILEFORMAT = csv FORMAT_OPTIONS('sep' = ';')"))
                .containsExactly("1|1|0");
        assertThat(rows("SELECT * FROM chosen")).containsExactly("2|Y|a.csv");
    }

    @Test
    void copyInto_patternFilesValidateAndMerge_workTogether() throws IOException {
        write("sel/a.json", "{\"id\":1}\n");
        write("sel/b.json", "{\"id\":2,\"more\":\"m\"}\n");
        write("sel/deep/c.json", "{\"id\":3}\n");
        rows("CREATE TABLE sel (id BIGINT)");
        String from = "COPY INTO sel FROM 's3://acme/sel' FILEFORMAT = JSON ";
        assertThat(rows(from + "VALIDATE 1 ROWS FILES = ('a.json')")).containsExactly("1");
        assertThat(rows(from + "FILES = ('a.json')")).containsExactly("1|1|0");
        assertThat(error(from + "PATTERN = '*.json'"))
                .startsWith("[COPY_INTO_SCHEMA_MISMATCH_WITH_TARGET_TABLE]")
                .contains("more: string");
        assertThat(rows(from + "PATTERN = '*.json' COPY_OPTIONS ('mergeSchema' = 'true')"))
                .containsExactly("1|1|0");
        assertThat(rows(from + "PATTERN = '*/*.json'")).containsExactly("1|1|0");
        assertThat(rows("SELECT id, more FROM sel ORDER BY id")).containsExactly("1|NULL", "2|m", "3|NULL");
        assertThat(error(from.replace("acme/sel", "acme/sel/none"))).startsWith("[PATH_NOT_FOUND]");
        Files.createDirectories(bucket.resolve("sel/empty"));
        assertThat(error(from.replace("acme/sel", "acme/sel/empty")))
                .startsWith("[COPY_INTO_SOURCE_SCHEMA_INFERENCE_FAILED]");
        assertThat(error("COPY INTO sel FROM 's3://acme/sel' FILEFORMAT = DELTA"))
                .startsWith("[COPY_INTO_SOURCE_FILE_FORMAT_NOT_SUPPORTED]");
    }

    @Test
    void copyInto_failingInsert_leavesNeitherRowsNorMemory() throws IOException {
        write("fail/a.csv", "1\nx\n");
        rows("CREATE TABLE fails (n INT)");
        String copy = "COPY INTO fails FROM (SELECT CAST(_c0 AS INT) AS n FROM 's3://acme/fail') FILEFORMAT = CSV";
        assertThat(error(copy)).startsWith("[CAST_INVALID_INPUT]");
        assertThat(rows("SELECT count(*) FROM fails")).containsExactly("0");
        write("fail/a.csv", "1\n2\n");
        assertThat(rows(copy)).containsExactly("2|2|0");
    }

    @Test
    void copyInto_keysInTheText_areRefusedAndRedacted() {
        rows("CREATE TABLE keyed (n INT)");
        String message = error("COPY INTO keyed FROM 's3://acme/x' WITH (CREDENTIAL (AWS_ACCESS_KEY = 'AKIA123',"
                + " AWS_SECRET_KEY = 'sEcrEt')) FILEFORMAT = CSV");
        assertThat(message).contains("keys in the text");
        assertThat(client.get("/api/2.0/sql/history/queries").text())
                .doesNotContain("AKIA123")
                .doesNotContain("sEcrEt")
                .contains("[REDACTED]");
    }

    private static List<String> names(String directory) throws IOException {
        try (var files = Files.list(bucket.resolve(directory))) {
            return files.map(f -> f.getFileName().toString())
                    .map(n -> n.replaceAll("tid-\\d+-[0-9a-f-]{36}", "TID").replaceAll("_\\d+$", "_N"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void overwriteDirectory_parquet_readsBackEqual_andReplacesWhatWasThere() throws IOException {
        String values = "SELECT 12.50::DECIMAL(9,2) AS d, 1234567890123456789.12::DECIMAL(30,2) AS e,"
                + " TIMESTAMP '2024-01-02 03:04:05.678901' AS t, TIMESTAMP_NTZ '2024-01-02 03:04:05' AS n,"
                + " DATE '1970-01-01' AS day, array(1, NULL) AS l, map('k', 1.5D) AS m,"
                + " named_struct('x', 'y', 'z', 2Y) AS s, true AS b, X'00FF' AS bin, 3S AS sh, 'ü' AS `odd, name`";
        rows("INSERT OVERWRITE DIRECTORY 's3://acme/out' USING parquet SELECT 1 AS old");
        rows("INSERT OVERWRITE DIRECTORY 's3://acme/out' USING parquet " + values);
        assertThat(names("out"))
                .containsExactly("_SUCCESS", "_committed_N", "_started_N", "part-00000-TID-0-1-c000.snappy.parquet");
        assertThat(columns("SELECT * FROM parquet.`s3://acme/out`")).isEqualTo(columns(values));
        assertThat(rows("SELECT * FROM parquet.`s3://acme/out`")).isEqualTo(rows(values));
    }

    @Test
    void overwriteDirectory_csvAndJson_areAsSparkWritesThem() throws IOException {
        String query = " SELECT * FROM VALUES (1, 'a\"b,c', NULL, TIMESTAMP '2024-01-02 03:04:05'),"
                + " (2, NULL, 1.5D, NULL) AS t(id, name, x, at) ORDER BY id";
        rows("INSERT OVERWRITE LOCAL DIRECTORY 's3://acme/csv' USING csv OPTIONS (header true)" + query);
        assertThat(content("csv")).isEqualTo("id,name,x,at\n1,\"a\\\"b,c\",,2024-01-02T03:04:05.000Z\n2,,1.5,\n");
        rows("INSERT OVERWRITE DIRECTORY 's3://acme/js' USING json" + query);
        assertThat(content("js"))
                .isEqualTo("{\"id\":1,\"name\":\"a\\\"b,c\",\"at\":\"2024-01-02T03:04:05.000Z\"}\n"
                        + "{\"id\":2,\"x\":1.5}\n");
        rows("INSERT OVERWRITE DIRECTORY 's3://acme/norows' USING parquet SELECT 1 AS a WHERE false");
        assertThat(rows("SELECT * FROM parquet.`s3://acme/norows`")).isEmpty();
        assertThat(error("INSERT OVERWRITE DIRECTORY 's3://elsewhere/x' USING csv SELECT 1"))
                .startsWith("[NO_PARENT_EXTERNAL_LOCATION_FOR_PATH]");
    }

    private static String content(String directory) throws IOException {
        try (var files = Files.list(bucket.resolve(directory))) {
            Path part = files.filter(f -> f.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(part);
        }
    }

    @Test
    void volume_overwrittenAndCopiedBack_roundTrips() {
        rows("CREATE VOLUME exports");
        rows(
                "INSERT OVERWRITE DIRECTORY '/Volumes/main/default/exports/d %41' USING parquet SELECT id FROM range(1000)");
        rows("CREATE TABLE back (id BIGINT)");
        assertThat(rows("COPY INTO back FROM '/Volumes/main/default/exports/d %41' FILEFORMAT = PARQUET"))
                .containsExactly("1000|1000|0");
        assertThat(rows("SELECT sum(id) FROM back")).containsExactly("499500");
        assertThat(rows("LIST '/Volumes/main/default/exports'")).hasSize(1).allMatch(r -> r.contains("d %41/"));
    }
}
