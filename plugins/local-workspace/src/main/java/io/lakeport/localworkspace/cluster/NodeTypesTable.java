package io.lakeport.localworkspace.cluster;

import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTable;
import java.util.Arrays;
import java.util.List;

/** {@code system.compute.node_types}: the machines that clusters are made of. */
public final class NodeTypesTable implements SystemTable {
    @Override
    public String name() {
        return "system.compute.node_types";
    }

    @Override
    public List<Row> past() {
        return Arrays.stream(NodeType.values())
                .map(type -> new Row()
                        .put("account_id", WorkspaceIdentity.ACCOUNT_ID)
                        .put("node_type", type.id())
                        .put("core_count", (double) type.cores())
                        .put("memory_mb", (long) type.memoryMb())
                        .put("gpu_count", 0L))
                .toList();
    }

    @Override
    public List<Row> recent() {
        return List.of();
    }
}
