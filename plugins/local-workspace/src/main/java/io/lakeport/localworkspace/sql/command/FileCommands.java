package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.parse.Words;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.TableChange;
import io.lakeport.localworkspace.version.VersionViews;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * OPTIMIZE and VACUUM. The workspace has no files: it counts those that Delta would have written, so that the history
 * tells of these commands as Delta's would.
 */
final class FileCommands {
    private static final long DEFAULT_HOURS = 168;
    private static final String METRICS = "STRUCT<numFilesAdded: BIGINT, numFilesRemoved: BIGINT, filesAdded:"
            + " STRUCT<min: BIGINT, max: BIGINT, avg: DOUBLE, totalFiles: BIGINT, totalSize: BIGINT>, filesRemoved:"
            + " STRUCT<min: BIGINT, max: BIGINT, avg: DOUBLE, totalFiles: BIGINT, totalSize: BIGINT>,"
            + " partitionsOptimized: BIGINT, numBatches: BIGINT, totalConsideredFiles: BIGINT, totalFilesSkipped:"
            + " BIGINT, preserveInsertionOrder: BOOLEAN, numFilesSkippedToReduceWriteAmplification: BIGINT,"
            + " numBytesSkippedToReduceWriteAmplification: BIGINT, startTimeMs: BIGINT, endTimeMs: BIGINT>";

    private final CommandContext context;

    FileCommands(CommandContext context) {
        this.context = context;
    }

    Outcome optimize(List<String> name, Words words) {
        boolean full = words.take("FULL");
        List<String> order = new ArrayList<>();
        if (words.take("WHERE")) {
            requirePartitioned(context.tables().info(name));
            while (!words.done() && !words.take("ZORDER", "BY")) {
                words.next();
            }
        } else if (words.take("ZORDER", "BY")) {
            boolean bracket = words.take("(");
            do {
                order.add(RowCommands.column(context.tables().info(name), words.identifier())
                        .name());
            } while (words.take(","));
            if (bracket) {
                words.need(")");
            }
            words.end();
        } else {
            words.end();
        }
        return context.metastore().versions().change(context, name, change -> optimize(order, full, change));
    }

    private static void requirePartitioned(TableInfo table) {
        if (table.facts().partitioning().isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_NON_PARTITION_COLUMN_REFERENCE",
                    "42P10",
                    "Predicate references a non-partition column. Only the partition columns may be referenced: []");
        }
    }

    private Outcome optimize(List<String> order, boolean full, TableChange change) {
        long start = System.currentTimeMillis();
        TableInfo table = change.info();
        long files = change.files();
        boolean compacts = files > 1;
        long rows = Long.parseLong(String.valueOf(
                context.rows("SELECT count(*) FROM " + change.table()).get(0).get(0)));
        long size = Sizes.bytes(table, rows);
        if (compacts) {
            change.metric("numAddedFiles", rows == 0 ? 0 : 1);
            change.metric("numRemovedFiles", files);
            change.metric("numAddedBytes", size);
            change.metric("numRemovedBytes", size);
            change.files(rows == 0 ? 0 : 1);
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("predicate", "[]");
            parameters.put("zOrderBy", Logged.array(order));
            parameters.put("clusterBy", Logged.array(table.facts().clustering()));
            parameters.put("auto", "false");
            if (full) {
                parameters.put("isFull", "true");
            }
            change.log(Operation.of("OPTIMIZE", parameters));
        }
        long added = compacts && rows > 0 ? 1 : 0;
        long removed = compacts ? files : 0;
        String metrics = "{\"numFilesAdded\":" + added + ",\"numFilesRemoved\":" + removed + ",\"filesAdded\":"
                + sizes(added, size) + ",\"filesRemoved\":" + sizes(removed, size)
                + ",\"partitionsOptimized\":0,\"numBatches\":" + added + ",\"totalConsideredFiles\":" + files
                + ",\"totalFilesSkipped\":" + (compacts ? 0 : files)
                + ",\"preserveInsertionOrder\":true,\"numFilesSkippedToReduceWriteAmplification\":0,"
                + "\"numBytesSkippedToReduceWriteAmplification\":0,\"startTimeMs\":" + start + ",\"endTimeMs\":"
                + System.currentTimeMillis() + "}";
        Listing listing =
                new Listing().strings("path").column("metrics", TypeTexts.of(StatementParser.parseType(METRICS)));
        return Outcome.rows("OPTIMIZE", listing.row(List.of(VersionViews.location(table, change.id()), metrics)));
    }

    private static String sizes(long files, long total) {
        long each = files == 0 ? 0 : total / files;
        String bound = files == 0 ? "null" : String.valueOf(each);
        return "{\"min\":" + bound + ",\"max\":" + bound + ",\"avg\":" + (double) each + ",\"totalFiles\":" + files
                + ",\"totalSize\":" + (files == 0 ? 0 : total) + "}";
    }

    Outcome vacuum(List<String> name, Words words) {
        words.take("FULL");
        words.take("LITE");
        Long hours = null;
        if (words.take("RETAIN")) {
            hours = words.number();
            words.need("HOURS");
            if (hours < DEFAULT_HOURS) {
                throw tooShort();
            }
        }
        boolean dry = words.take("DRY", "RUN");
        words.end();
        TableInfo table = context.tables().info(name);
        String id = context.metastore().versions().id(name).orElse("");
        Listing listing = new Listing().column("path", SqlType.STRING);
        if (!dry) {
            log(name, hours);
            listing.row(Arrays.asList(VersionViews.location(table, id)));
        }
        return Outcome.rows("VACUUM", listing);
    }

    /** Databricks warehouses do not let the check be switched off. */
    private static RuntimeException tooShort() {
        return SqlErrors.of(
                "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT",
                "22003",
                "The specified VACUUM retention period is too low and may corrupt this Delta table if any writes are in"
                        + " progress.\n\nIf no operations (insert, upsert, delete, optimize) are running, you can disable"
                        + " this safety check by setting:\ndelta.retentionDurationCheck.enabled = false\n\nOtherwise,"
                        + " use a retention period of at least " + DEFAULT_HOURS + " hours.");
    }

    private void log(List<String> name, @org.jspecify.annotations.Nullable Long hours) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("retentionCheckEnabled", "true");
        parameters.put("defaultRetentionMillis", String.valueOf(DEFAULT_HOURS * 3_600_000));
        if (hours != null) {
            parameters.put("specifiedRetentionMillis", String.valueOf(hours * 3_600_000));
        }
        context.metastore().versions().change(context, name, change -> {
            change.metric("numFilesToDelete", 0);
            change.metric("sizeOfDataToDelete", 0);
            change.log(Operation.of("VACUUM START", parameters).blind(true));
            return true;
        });
        context.metastore().versions().change(context, name, change -> {
            change.metric("numDeletedFiles", 0);
            change.metric("numVacuumedDirectories", 1);
            change.log(Operation.of("VACUUM END", Map.of("status", "COMPLETED")).blind(true));
            return true;
        });
    }
}
