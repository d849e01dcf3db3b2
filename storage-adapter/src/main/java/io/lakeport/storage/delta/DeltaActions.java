package io.lakeport.storage.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The actions of a run: files that it adds, and files that it replaces. */
final class DeltaActions {
    private DeltaActions() {}

    static List<Row> adds(ExportManifest manifest, StructType schema) {
        return manifest.files().stream()
                .filter(file -> file.rows() > 0)
                .map(file -> SingleAction.createAddFileSingleAction(add(manifest, file, schema)))
                .toList();
    }

    private static Row add(ExportManifest manifest, WrittenFile file, StructType schema) {
        return AddFile.createAddFileRow(
                schema,
                path(file.object().key()),
                VectorUtils.stringStringMapValue(PartitionText.inLog(file.partition(), manifest.columns())),
                file.object().bytes(),
                manifest.publishedAt().toEpochMilli(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DataFileStatistics(file.rows(), Map.of(), Map.of(), Map.of(), Optional.empty())));
    }

    /** Paths in the log are URIs relative to the table. */
    private static String path(ObjectKey key) {
        try {
            return new URI(null, null, key.value(), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("key '" + key + "' cannot be a path", e);
        }
    }

    /** Returns the removal of every file that the run replaces. */
    static List<Row> removes(ExportManifest manifest, Snapshot snapshot, Engine engine) throws IOException {
        if (manifest.mode() != ExportMode.OVERWRITE && manifest.mode() != ExportMode.OVERWRITE_PARTITIONS) {
            return List.of();
        }
        Set<Map<String, String>> replaced =
                manifest.replacedPartitions().stream().map(TreeMap::new).collect(Collectors.toSet());
        Set<String> added =
                manifest.files().stream().map(file -> path(file.object().key())).collect(Collectors.toSet());
        List<Row> removes = new ArrayList<>();
        for (AddFile file : active(snapshot, engine)) {
            Map<String, String> partition =
                    PartitionText.inDirectories(VectorUtils.toJavaMap(file.getPartitionValues()), manifest.columns());
            boolean goes = manifest.mode() == ExportMode.OVERWRITE || replaced.contains(partition);
            if (goes && !added.contains(file.getPath())) {
                removes.add(SingleAction.createRemoveFileSingleAction(file.toRemoveFileRow(true, Optional.empty())));
            }
        }
        return removes;
    }

    private static List<AddFile> active(Snapshot snapshot, Engine engine) throws IOException {
        List<AddFile> files = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches =
                snapshot.getScanBuilder().build().getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        files.add(new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
                    }
                }
            }
        }
        return files;
    }
}
