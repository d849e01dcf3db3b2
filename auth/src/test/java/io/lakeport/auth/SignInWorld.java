package io.lakeport.auth;

import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.auth.Identities;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.server.LocalWorkspace;
import io.lakeport.localworkspace.server.WorkspaceOptions;
import java.lang.reflect.Proxy;
import java.time.Clock;

/** A local workspace without SQL: signing in needs no engine, so it starts in a moment. */
public final class SignInWorld implements AutoCloseable {
    private final LocalWorkspace workspace;

    private SignInWorld(Clock clock) {
        workspace = LocalWorkspace.start(
                SimulatorSettings.inMemory(), WorkspaceOptions.defaults().withClock(clock), data -> engineWithoutSql());
    }

    public static SignInWorld start() {
        return start(Clock.systemUTC());
    }

    public static SignInWorld start(Clock clock) {
        return new SignInWorld(clock);
    }

    public LocalWorkspace workspace() {
        return workspace;
    }

    public Identities identities() {
        return workspace.identities();
    }

    public SimulatorConnection connection() {
        return workspace.connection();
    }

    public String url() {
        return connection().httpUrl().toString();
    }

    @Override
    public void close() {
        workspace.close();
    }

    static Engine engineWithoutSql() {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "defaultCatalog" -> "main";
                        case "defaultSchema" -> "default";
                        default -> null;
                    };
                });
    }
}
