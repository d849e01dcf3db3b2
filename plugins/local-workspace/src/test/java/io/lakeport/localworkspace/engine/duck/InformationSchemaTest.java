package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.governance.ExternalStorage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InformationSchemaTest {
    private static final String ANN = "ann@example.com";
    private static Governed sql;

    @BeforeAll
    static void fill() {
        sql = new Governed();
        sql.governance
                .storage()
                .createCredential("cred", Governed.ADMIN, "aws_iam_role", "{\"role_arn\":\"arn\"}", false);
        sql.run(
                Governed.ADMIN,
                "CREATE CATALOG c COMMENT 'mine'",
                "CREATE SCHEMA c.s COMMENT 'a schema' WITH DBPROPERTIES ('team' = 'x')",
                "CREATE TABLE c.s.p (id INT NOT NULL, CONSTRAINT p_key PRIMARY KEY (id))",
                "CREATE TABLE c.s.t (id INT, price DECIMAL(10,2) COMMENT 'in EUR', CONSTRAINT t_p FOREIGN KEY (id)"
                        + " REFERENCES c.s.p (id))",
                "CREATE VIEW c.s.v AS SELECT id FROM c.s.t",
                "CREATE EXTERNAL LOCATION loc URL 's3://b/x' WITH (STORAGE CREDENTIAL cred) COMMENT 'place'",
                "CREATE EXTERNAL VOLUME c.s.files LOCATION 's3://b/x/files' COMMENT 'raw'",
                "GRANT USE CATALOG, SELECT ON CATALOG c TO `" + ANN + "`",
                "GRANT USE SCHEMA ON SCHEMA c.s TO `" + ANN + "`",
                "GRANT READ VOLUME ON VOLUME c.s.files TO `" + ANN + "`",
                "GRANT READ FILES ON EXTERNAL LOCATION loc TO `" + ANN + "`",
                "GRANT CREATE CATALOG ON METASTORE TO `" + ANN + "`",
                "GRANT MODIFY ON TABLE c.s.t TO others");
    }

    @AfterAll
    static void close() {
        sql.close();
    }

    private static List<List<String>> admin(String query) {
        return sql.rows(Governed.ADMIN, query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog_privileges",
                "catalogs",
                "check_constraints",
                "columns",
                "constraint_column_usage",
                "constraint_table_usage",
                "external_location_privileges",
                "external_locations",
                "information_schema_catalog_name",
                "key_column_usage",
                "metastore_privileges",
                "metastores",
                "referential_constraints",
                "routine_privileges",
                "routines",
                "schema_privileges",
                "schemata",
                "storage_credential_privileges",
                "storage_credentials",
                "table_constraints",
                "table_privileges",
                "tables",
                "views",
                "volume_privileges",
                "volumes"
            })
    void views_ofAnyCatalog_canBeRead(String view) {
        sql.run(ANN, "SELECT * FROM c.information_schema." + view, "SELECT * FROM system.information_schema." + view);
    }

    @Test
    void objects_haveOwnersCommentsAndDefinitions() {
        assertThat(admin("SELECT schema_owner, comment, created_by FROM c.information_schema.schemata"
                        + " WHERE schema_name = 's'"))
                .containsExactly(List.of(Governed.ADMIN, "a schema", Governed.ADMIN));
        assertThat(admin("SELECT table_name, view_definition FROM c.information_schema.views"))
                .containsExactly(List.of("v", "SELECT id FROM c.s.t"));
        assertThat(admin("SELECT numeric_precision, numeric_precision_radix, numeric_scale, comment"
                        + " FROM c.information_schema.columns WHERE column_name = 'price'"))
                .containsExactly(List.of("10", "10", "2", "in EUR"));
        assertThat(admin("SELECT volume_name, volume_type, comment, storage_location FROM"
                        + " c.information_schema.volumes"))
                .containsExactly(List.of("files", "EXTERNAL", "raw", "s3://b/x/files"));
        assertThat(admin("SELECT constraint_name, constraint_type, enforced FROM"
                        + " c.information_schema.table_constraints ORDER BY 1"))
                .containsExactly(List.of("p_key", "PRIMARY KEY", "NO"), List.of("t_p", "FOREIGN KEY", "NO"));
        assertThat(admin("SELECT constraint_name, unique_constraint_name FROM"
                        + " system.information_schema.referential_constraints"))
                .containsExactly(List.of("t_p", "p_key"));
    }

    @Test
    void privileges_areToldWithTheirOriginAndOnlyToWhomTheyConcern() {
        String query = "SELECT grantee, privilege_type, inherited_from FROM c.information_schema.table_privileges"
                + " WHERE table_name = 't' ORDER BY 1, 2";
        assertThat(admin(query))
                .containsExactly(List.of(ANN, "SELECT", "CATALOG"), List.of("others", "MODIFY", "NONE"));
        assertThat(sql.rows(ANN, query)).containsExactly(List.of(ANN, "SELECT", "CATALOG"));
        assertThat(admin("SELECT grantor, privilege_type, is_grantable FROM c.information_schema.schema_privileges"
                        + " WHERE schema_name = 's' AND inherited_from = 'NONE'"))
                .containsExactly(List.of(Governed.ADMIN, "USE_SCHEMA", "NO"));
        assertThat(admin("SELECT grantee, privilege_type FROM system.information_schema.metastore_privileges"))
                .containsExactly(List.of(ANN, "CREATE_CATALOG"));
        assertThat(admin("SELECT external_location_name, privilege_type FROM"
                        + " system.information_schema.external_location_privileges"))
                .containsExactly(List.of("loc", "READ_FILES"));
    }

    @Test
    void systemsView_tellsOfAllCatalogsThatTheReaderSees() {
        String query = "SELECT DISTINCT catalog_name FROM system.information_schema.schemata ORDER BY 1";
        assertThat(sql.first(Governed.ADMIN, query)).contains("c", "main", "system");
        assertThat(sql.first(ANN, query)).contains("c").doesNotContain("main");
        assertThat(sql.first("bob", query)).doesNotContain("c");
        assertThat(sql.tried("bob", "SELECT * FROM c.information_schema.tables"))
                .isEqualTo("no USE CATALOG on Catalog 'c'");
    }

    @Test
    void statements_describingObjects_tellWhatIsKept() {
        assertThat(admin("DESCRIBE CATALOG c")).contains(List.of("Comment", "mine"), List.of("Owner", Governed.ADMIN));
        assertThat(admin("DESCRIBE SCHEMA EXTENDED c.s"))
                .contains(List.of("Comment", "a schema"), List.of("Properties", "((team,x))"));
        assertThat(admin("DESCRIBE EXTERNAL LOCATION loc").get(0)).contains("s3://b/x", "cred", "place");
        assertThat(sql.first(ANN, "SHOW EXTERNAL LOCATIONS")).containsExactly("loc");
        assertThat(sql.first("bob", "SHOW EXTERNAL LOCATIONS")).isEmpty();
        assertThat(sql.first(Governed.ADMIN, "SHOW STORAGE CREDENTIALS")).containsExactly("cred");
        assertThat(admin("SHOW VOLUMES IN c.s")).containsExactly(List.of("s", "files"));
        assertThat(admin("SHOW GRANTS `" + ANN + "` ON TABLE c.s.t"))
                .containsExactly(List.of(ANN, "SELECT", "CATALOG", "c"));
        assertThat(sql.governance
                        .storage()
                        .locationOf("s3://b/x/y")
                        .orElseThrow()
                        .detail(ExternalStorage.CREDENTIAL))
                .isEqualTo("cred");
    }

    @Test
    void statements_thatUnityCatalogRefuses_areRefusedAlike() {
        assertThat(sql.tried(Governed.ADMIN, "DENY SELECT ON TABLE c.s.t TO x"))
                .startsWith("[UC_COMMAND_NOT_SUPPORTED");
        assertThat(sql.tried(Governed.ADMIN, "CREATE ROLE analysts")).startsWith("[PARSE_SYNTAX_ERROR]");
        assertThat(sql.tried(Governed.ADMIN, "GRANT analyst TO `x`")).startsWith("[PARSE_SYNTAX_ERROR]");
        assertThat(sql.tried(Governed.ADMIN, "GRANT FLY ON TABLE c.s.t TO x")).startsWith("[PARSE_SYNTAX_ERROR]");
        assertThat(sql.tried(Governed.ADMIN, "GRANT SELECT ON TABLE c.s.t TO a-b"))
                .startsWith("[INVALID_IDENTIFIER]");
        assertThat(sql.tried(Governed.ADMIN, "GRANT SELECT ON TABLE c.s.none TO x"))
                .startsWith("[TABLE_OR_VIEW_NOT_FOUND]");
        assertThat(sql.tried(Governed.ADMIN, "GRANT SELECT ON TABLE c.s.t TO nobody"))
                .startsWith("[PRINCIPAL_DOES_NOT_EXIST] Could not find principal with name nobody.");
        assertThat(sql.tried(Governed.ADMIN, "GRANT BROWSE ON SCHEMA c.s TO x"))
                .contains("is not applicable to this entity");
        assertThat(sql.tried(Governed.ADMIN, "DROP CATALOG c")).contains("is not empty");
        assertThat(sql.tried(Governed.ADMIN, "CREATE SCHEMA c.x LOCATION 's3://b/y'"))
                .startsWith("[UC_COMMAND_NOT_SUPPORTED");
    }
}
