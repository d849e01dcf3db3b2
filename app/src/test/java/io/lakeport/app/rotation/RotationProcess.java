package io.lakeport.app.rotation;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.rotation.RotationListener;
import io.lakeport.core.rotation.RotationPorts;
import io.lakeport.core.rotation.RotationReport;
import io.lakeport.core.rotation.RotationRequest;
import io.lakeport.core.rotation.RotationSubject;
import io.lakeport.core.rotation.SecretRotation;
import io.lakeport.core.rotation.SignInTrial;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ControlPlane;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A rotation in a process of its own, which dies at one of its changes. */
final class RotationProcess {
    private RotationProcess() {}

    /** How a process ended, and what it printed. */
    record End(int code, String output) {
        List<String> changes() {
            return output.lines().filter(line -> line.startsWith("change ")).toList();
        }
    }

    /** Arguments: configuration, number of the fatal change, whether before it. */
    public static void main(String[] args) {
        MortalPorts mortal = new MortalPorts(Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]));
        try (Lakeport lakeport = Lakeport.builder()
                        .config(ConfigFile.load(Path.of(args[0])))
                        .build();
                Providers providers = PluginHost.find(List.of());
                ControlPlane plane = admin(lakeport.config().tenant("admin"), providers)) {
            Tenant acme = lakeport.config().tenant("acme");
            RotationPorts ports = new RotationPorts(
                    states(lakeport.state(), mortal),
                    mortal.wrap(SecretVault.class, lakeport.vault(), Set.of("seal", "destroy")),
                    mortal.wrap(OAuthSecrets.class, plane.secrets(), Set.of("create", "delete")),
                    trial(acme, providers),
                    RotationListener.NONE);
            RotationSubject subject = lakeport.secrets().rotatable().get(0);
            RotationReport report = new SecretRotation(subject, ports, RotationWorld.AT_ONCE)
                    .run(RotationRequest.atOnce(), Deadline.after(RotationWorld.TIMEOUT));
            System.out.println(report.result());
        }
    }

    private static ControlPlane admin(Tenant admin, Providers providers) {
        Secret token = admin.identity().secrets().get("token");
        return providers
                .all(ProviderKind.CONTROL_PLANE)
                .values()
                .iterator()
                .next()
                .open(admin, deadline -> new AccessToken(token, Instant.EPOCH, Optional.empty()), Guard.NONE);
    }

    private static SignInTrial trial(Tenant tenant, Providers providers) {
        TokenSourceProvider method = providers.require(ProviderKind.TOKEN_SOURCE, "oauth-m2m");
        return (candidate, deadline) -> method.open(new TokenSourceContext(
                        tenant.id(),
                        tenant.host(),
                        tenant.identity().unsealed(Map.of("client_secret", candidate)),
                        tenant.userAgent(),
                        Guard.NONE,
                        Clock.systemUTC()))
                .token(deadline);
    }

    /** What the rotation writes down is counted, and not what the vault writes to the same store. */
    private static StateStore states(StateStore store, MortalPorts mortal) {
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(),
                new Class<?>[] {StateStore.class},
                (proxy, method, arguments) -> method.getName().equals("of")
                        ? mortal.wrap(StateSpace.class, (StateSpace) method.invoke(store, arguments), Set.of("apply"))
                        : method.invoke(store, arguments));
    }

    static End run(Path config, int fatal, boolean before) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RotationProcess.class.getName(),
                        config.toString(),
                        String.valueOf(fatal),
                        String.valueOf(before))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(RotationWorld.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process did not end: " + output);
        }
        return new End(process.exitValue(), output);
    }
}
