package io.lakeport.localworkspace.system;

import java.time.Instant;
import java.util.List;

/** {@code system.access.workspaces_latest}: this workspace. */
public final class WorkspacesTable implements SystemTable {
    private final Instant createdAt;

    /** Creates the table for a workspace made at some time. */
    public WorkspacesTable(Instant createdAt) {
        this.createdAt = createdAt;
    }

    @Override
    public String name() {
        return "system.access.workspaces_latest";
    }

    @Override
    public List<Row> recent() {
        return List.of(Row.ofWorkspace()
                .put("workspace_name", "local")
                .put("workspace_url", "http://localhost")
                .put("create_time", createdAt)
                .put("status", "RUNNING"));
    }
}
