package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import java.util.Map;
import java.util.Set;

/** The statement by which a warehouse writes files (INSERT OVERWRITE DIRECTORY, SQL reference of Databricks). */
public final class UnloadSql {
    /** What means the same to the warehouse's writer as to ours. */
    public static final Set<String> OPTIONS = Set.of("compression");

    private UnloadSql() {}

    /**
     * Returns the statement.
     *
     * @param query rows to write
     * @param folder folder below the target, ending in a slash
     * @throws LakeportException NOT_SUPPORTED when the warehouse cannot reach the target, or the request holds what the
     *     statement cannot say
     */
    public static String of(ExportRequest request, SourceQuery query, String folder) {
        WarehousePath path = WarehousePath.of(request.target())
                .orElseThrow(() -> new LakeportException(
                        CoreError.NOT_SUPPORTED,
                        "a warehouse cannot write to '" + request.target() + "', which is a place of this machine"));
        if (!request.partitionBy().isEmpty()
                || !OPTIONS.containsAll(request.options().keySet())) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "a warehouse writes a directory without partitions and knows the options " + OPTIONS
                            + " only; export with engine stream");
        }
        return "INSERT OVERWRITE DIRECTORY " + path.child(folder).literal() + " USING " + request.format()
                + options(request.options()) + " " + query.sql();
    }

    private static String options(Map<String, String> options) {
        return options.containsKey("compression")
                ? " OPTIONS ('compression' = '" + options.get("compression").replaceAll("[^A-Za-z0-9_]", "") + "')"
                : "";
    }
}
