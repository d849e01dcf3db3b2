package io.lakeport.app.running;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.core.query.Purpose;
import java.nio.file.Path;
import java.time.Duration;

/** A host that runs a long statement until it is killed. */
final class KilledHost {
    private KilledHost() {}

    public static void main(String[] args) {
        try (Lakeport lakeport =
                Lakeport.builder().config(ConfigFile.load(Path.of(args[0]))).build()) {
            lakeport
                    .tenant("acme")
                    .query("SELECT sum(a.id * b.id) AS s FROM range(100000000) AS a CROSS JOIN range(1000000) AS b")
                    .purpose(Purpose.valueOf(args[1]))
                    .timeout(Duration.ofMinutes(5))
                    .stream()
                    .close();
        }
    }
}
