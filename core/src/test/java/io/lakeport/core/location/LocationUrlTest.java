package io.lakeport.core.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs of external locations as people write them. */
class LocationUrlTest {
    @ParameterizedTest
    @Tag("AA-46")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "https://bucket.s3.amazonaws.com/x|address for browsers",
                "s3a://bucket/x|writes s3://",
                "s3://Bucket/x|lower case",
                "s3:///x|expected s3://bucket",
                "s3://bucket/a/../b|'.' or '..'",
                "s3://bucket/a b|blank",
                "s3://bucket/a?versionId=1|'?'",
                "abfss://container.account.dfs.core.windows.net/x|parted by '@'",
                "abfss://c@acct.blob.core.windows.net/x|not .blob.",
                "wasbs://c@acct.blob.core.windows.net/x|writes abfss://",
                "bucket/x|expected s3://, abfss:// or gs://",
            })
    void parse_malformed_isRefusedAndSaysWhatIsExpected(String url, String why) {
        assertThatThrownBy(() -> LocationUrl.parse(url))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("is malformed")
                .hasMessageContaining(why);
    }

    @Test
    @Tag("AA-26")
    void parse_wellFormed_isTakenWithoutSlashAtTheEnd() {
        assertThat(LocationUrl.parse(" s3://my-bucket/lake/ ")).hasToString("s3://my-bucket/lake");
        LocationUrl azure = LocationUrl.parse("abfss://container@account.dfs.core.windows.net/path");
        assertThat(azure.isReachedBy("azure_service_principal")).isTrue();
        assertThat(azure.isReachedBy("aws_iam_role")).isFalse();
    }
}
