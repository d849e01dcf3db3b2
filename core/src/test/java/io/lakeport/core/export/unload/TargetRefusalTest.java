package io.lakeport.core.export.unload;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.FakeTenant;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.sql.TableName;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TargetRefusalTest {
    private static final ExportRequest REQUEST =
            ExportRequest.full(TableName.parse("orders"), URI.create("s3://lake/acme/"));

    private static Optional<TargetRefusal> refusal(String message) {
        return TargetRefusal.of(
                new LakeportException(CoreError.ACCESS_DENIED, message), REQUEST, FakeTenant.writingTo("s3://lake/"));
    }

    @Test
    @Tag("DK-40")
    void of_missingGrant_namesItAndTheStatementThatGivesIt() {
        TargetRefusal files = refusal(
                        "the statement failed: [INSUFFICIENT_PERMISSIONS] User does not have WRITE FILES on"
                                + " External Location 'the lake'. SQLSTATE: 42501")
                .orElseThrow();
        TargetRefusal volume = refusal("User does not have WRITE VOLUME on Volume 'main.default.it`s'.")
                .orElseThrow();

        assertThat(files.missing()).isEqualTo("WRITE FILES on external location `the lake` is missing");
        assertThat(files.remedy()).startsWith("GRANT WRITE FILES ON EXTERNAL LOCATION `the lake` TO ");
        assertThat(volume.remedy()).startsWith("GRANT WRITE VOLUME ON VOLUME `main`.`default`.`it``s` TO ");
    }

    @Test
    void of_noLocation_saysHowOneIsMade() {
        assertThat(refusal("[NO_PARENT_EXTERNAL_LOCATION_FOR_PATH] No parent external location was found")
                        .orElseThrow()
                        .remedy())
                .startsWith("CREATE EXTERNAL LOCATION <location> URL 's3://lake/acme/'")
                .contains("GRANT READ FILES, WRITE FILES");
    }

    @Test
    void of_somethingElse_isNoRefusalOfTheTarget() {
        assertThat(refusal("User does not have SELECT on Table 'main.default.orders'."))
                .isEmpty();
    }
}
