package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.simulator.WorkspaceSimulator;
import io.lakeport.core.simulator.WorkspaceSimulatorProvider;

/** Starts the local workspace from any host, whatever flags its JVM has: in a JVM of its own. */
public final class LocalWorkspaceProvider implements WorkspaceSimulatorProvider {
    @Override
    public String name() {
        return "local";
    }

    @Override
    public WorkspaceSimulator start(SimulatorSettings settings) {
        return ChildWorkspace.start(settings);
    }
}
