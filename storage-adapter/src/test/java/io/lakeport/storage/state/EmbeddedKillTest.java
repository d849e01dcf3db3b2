package io.lakeport.storage.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKillTest {
    @Test
    void apply_killedAtRandomInstants_losesNothingAcknowledgedAndShowsNoHalf(@TempDir Path folder) throws Exception {
        assertThat(new KillRounds("embedded", folder.toString()).run()).isPositive();
    }
}
