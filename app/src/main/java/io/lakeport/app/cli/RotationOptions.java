package io.lakeport.app.cli;

import io.lakeport.app.config.Quantity;
import io.lakeport.core.rotation.RotationPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how secrets are rotated. */
final class RotationOptions {
    @Option(
            names = "--by",
            paramLabel = "TENANT",
            description = "Tenant whose identity is an admin of the workspace; the tenant's own if not given.")
    private @Nullable String by;

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            defaultValue = "180d",
            description = "Life of the new secret, 730d at most; ${DEFAULT-VALUE} if not given.")
    private String lifetime = "180d";

    @Option(
            names = "--ahead",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "How long before its end a secret is due; ${DEFAULT-VALUE} if not given.")
    private String ahead = "30d";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "2h",
            description = "How long the old secret stays after the switch, or none; ${DEFAULT-VALUE} if not given.")
    private String overlap = "2h";

    @Option(names = "--adopt", description = "The replaced secret may be deleted though Lakeport did not create it.")
    private boolean adopt;

    Optional<String> by() {
        return Optional.ofNullable(by);
    }

    RotationPolicy policy() {
        return RotationPolicy.standard()
                .withLifetime(Quantity.duration(lifetime))
                .withAhead(Quantity.duration(ahead))
                .withOverlap(overlap.equals("none") ? Duration.ZERO : Quantity.duration(overlap))
                .withAdopt(adopt);
    }
}
