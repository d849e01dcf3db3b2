package io.lakeport.core.export.unload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehousePathTest {
    @ParameterizedTest
    @CsvSource({
        "s3://lake/orders/, s3://lake/orders/",
        "abfss://c@a.dfs.core.windows.net/x/, abfss://c@a.dfs.core.windows.net/x/",
        "volume:/Volumes/main/default/v/x/, /Volumes/main/default/v/x/",
        "volume:///Volumes/main/default/v/x/, /Volumes/main/default/v/x/",
    })
    void of_placeThatTheWorkspaceReaches_isItsName(String location, String expected) {
        assertThat(WarehousePath.of(URI.create(location)).orElseThrow().text()).isEqualTo(expected);
    }

    @Test
    void of_directoryOfThisMachine_isNothing() {
        assertThat(WarehousePath.of(URI.create("file:///data/orders/"))).isEmpty();
    }

    @Test
    void literal_quoteInAName_cannotEndTheText() {
        assertThat(new WarehousePath("s3://lake/o'; DROP TABLE x; --\\/").literal())
                .isEqualTo("'s3://lake/o\\'; DROP TABLE x; --\\\\/'");
    }
}
