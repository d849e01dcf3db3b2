package io.lakeport.core.export.source;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.format.PartitionText;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.time.Deadline;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Finds the partitions that an increment reads again as a whole. */
final class TouchedPartitions {
    private final ExportRequest request;
    private final SmallResult results;

    TouchedPartitions(ExportPorts ports, ExportRequest request) {
        this.request = request;
        this.results = new SmallResult(ports);
    }

    /** Returns the plan with the partitions it replaces, as their directories spell them. */
    ExportPlan replacedBy(ExportPlan plan, Deadline deadline) {
        boolean all =
                plan.window().isEmpty() && plan.feed().map(FeedRange::isWhole).orElse(true);
        if (request.mode() != ExportMode.OVERWRITE_PARTITIONS || all) {
            return plan;
        }
        List<Map<String, String>> touched =
                results.rows(SourceQuery.touched(request, plan).request(), deadline, this::directory);
        return plan.replacing(new LinkedHashSet<>(touched));
    }

    private Map<String, String> directory(RowCursor row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < request.partitionBy().size(); i++) {
            PartitionField field = request.partitionBy().get(i);
            values.put(field.name(), PartitionText.of(row.getObject(i)));
        }
        return values;
    }
}
