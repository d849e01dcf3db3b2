package io.lakeport.core.simulator;

/**
 * Starts a simulated Databricks workspace on loopback. Found by {@link java.util.ServiceLoader}, so that nothing in
 * production names the simulator.
 *
 * <p>Implemented by plugins. Implementations are thread-safe and stateless.
 */
public interface WorkspaceSimulatorProvider {
    /** Returns the name by which the simulator is chosen, for example {@code local}; never empty. */
    String name();

    /**
     * Starts a workspace and returns when it answers requests.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when a setting cannot be used (a port that is
     *     taken, a file that cannot be loaded); nothing is left running then
     */
    WorkspaceSimulator start(SimulatorSettings settings);
}
