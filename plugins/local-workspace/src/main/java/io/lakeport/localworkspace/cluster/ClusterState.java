package io.lakeport.localworkspace.cluster;

/** State of a cluster, as the Clusters API names it. */
public enum ClusterState {
    PENDING,
    RUNNING,
    RESTARTING,
    RESIZING,
    TERMINATING,
    TERMINATED
}
