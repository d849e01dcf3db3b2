package io.lakeport.benchmarks;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.auth.IdentitySettings;
import io.lakeport.core.secret.Secret;
import java.time.Duration;

/**
 * Builds Lakeport and signs in, in a fresh JVM. Arguments: base URL, warehouse id, client id; the secret comes in an
 * environment variable.
 */
public final class StartProcess {
    static final String SECRET = "LAKEPORT_BENCHMARK_SECRET";

    private StartProcess() {}

    /** Runs it; prints the milliseconds from {@code main} to the first token. */
    public static void main(String[] args) {
        long start = System.nanoTime();
        Secret secret = Secret.of(System.getenv(SECRET));
        LakeportConfig config =
                LakeportConfig.of(Workbench.tenant(args[0], args[1], IdentitySettings.oauthM2m(args[2], secret)));
        try (Lakeport lakeport = Lakeport.builder().config(config).build()) {
            lakeport.tenant("bench").signIn(Duration.ofSeconds(30));
            System.out.println(Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }
}
