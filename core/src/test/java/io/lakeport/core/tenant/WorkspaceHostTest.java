package io.lakeport.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceHostTest {
    @Test
    void parse_asPeopleWriteIt_isOneUrl() {
        assertThat(WorkspaceHost.parse(" DBC-a1b2.cloud.databricks.com/ "))
                .hasToString("https://dbc-a1b2.cloud.databricks.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://                                | is not a URL",
                "http://localhost:99999                  | port",
                "https://accounts.cloud.databricks.com   | account console",
                "https://accounts.azuredatabricks.net    | account console",
                "https://accounts.gcp.databricks.com     | account console",
                "https://dbc-a1b2.cloud.databricks.com/?o=1 | path or query",
                "http://localhost.example.com            | plain http",
            })
    void parse_somethingElsePasted_saysWhatIsWrong(String text, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkspaceHost.parse(text))
                .withMessageContaining(part)
                .withMessageContaining("https://dbc-a1b2.cloud.databricks.com");
    }

    @Test
    void parse_passwordInUrl_isNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkspaceHost.parse("https://user:hunter2@dbc-a1b2.cloud.databricks.com"))
                .withMessageNotContaining("hunter2");
    }
}
