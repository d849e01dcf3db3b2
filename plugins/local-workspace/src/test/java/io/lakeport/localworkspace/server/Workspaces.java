package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;

/** Workspaces for tests. */
final class Workspaces {
    private Workspaces() {}

    static LocalWorkspace start() {
        return start(WorkspaceOptions.defaults());
    }

    static LocalWorkspace start(WorkspaceOptions options) {
        return LocalWorkspace.start(SimulatorSettings.inMemory(), options, data -> new PlainDuckEngine());
    }
}
