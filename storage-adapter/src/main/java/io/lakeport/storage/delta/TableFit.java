package io.lakeport.storage.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import java.util.List;
import java.util.Locale;

/** Whether a table that is there can take the files of a run. */
final class TableFit {
    private static final String MAPPING = "delta.columnMapping.mode";

    private TableFit() {}

    /** Returns the schema that the table has when it takes them. */
    static StructType of(Snapshot snapshot, ExportManifest manifest) {
        String mapping = snapshot.getTableProperties().getOrDefault(MAPPING, "none");
        if (!mapping.equals("none")) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "the Delta table at the target maps column names (" + MAPPING + " = " + mapping
                            + "), and the exported files do not; export to another folder");
        }
        if (!lower(snapshot.getPartitionColumnNames()).equals(lower(manifest.partitionBy()))) {
            throw DeltaSchema.unfit("it is partitioned by " + snapshot.getPartitionColumnNames() + ", the export by "
                    + manifest.partitionBy());
        }
        StructType table = snapshot.getSchema();
        StructType merged = DeltaSchema.merge(table, DeltaSchema.of(manifest.columns()));
        for (StructField added : merged.fields().subList(table.length(), merged.length())) {
            requireFeature(snapshot, added);
        }
        return merged;
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static void requireFeature(Snapshot snapshot, StructField added) {
        boolean wants = added.getDataType().toString().contains(TimestampNTZType.TIMESTAMP_NTZ.toString());
        if (wants && !snapshot.getProtocol().getReaderFeatures().contains("timestampNtz")) {
            throw DeltaSchema.unfit("column '" + added.getName()
                    + "' is new and TIMESTAMP_NTZ, for which the table lacks the feature timestampNtz");
        }
    }
}
