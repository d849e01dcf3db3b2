package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.PastTables;
import io.lakeport.localworkspace.version.TableChange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RESTORE TABLE. */
final class RestoreCommand {
    private static final List<String> COLUMNS = List.of(
            "table_size_after_restore",
            "num_of_files_after_restore",
            "num_removed_files",
            "num_restored_files",
            "removed_files_size",
            "restored_files_size");

    private final CommandContext context;

    RestoreCommand(CommandContext context) {
        this.context = context;
    }

    Outcome run(List<String> name, Moment moment) {
        return context.metastore().versions().change(context, name, change -> restore(moment, change));
    }

    private Outcome restore(Moment moment, TableChange change) {
        PastTables tables = new PastTables(context::rows);
        long version = version(tables, change.info(), moment, change.version() - 1);
        PastTables.Past past = tables.past(change.info(), version);
        PastTables.Past now = tables.past(change.info(), change.version() - 1);
        long removed;
        long restored;
        if (past.generation() == now.generation() && past.definitionVersion() == now.definitionVersion()) {
            removed = change.removeSince(version);
            restored = change.putBack(version);
        } else {
            removed = change.files();
            restored = change.become(past.definition(), past.rows(), true);
        }
        long files = change.filesAt(version);
        long rows = Long.parseLong(String.valueOf(
                context.rows("SELECT count(*) FROM " + change.table()).get(0).get(0)));
        long size = Sizes.bytes(past.definition(), rows);
        log(moment, version, change, files, removed, restored, size);
        long restoredFiles = restored == 0 ? 0 : 1;
        long removedFiles = removed == 0 ? 0 : Math.max(0, change.files() - files + restoredFiles);
        change.files(files);
        return Outcome.counts(
                "RESTORE",
                COLUMNS,
                size,
                files,
                removedFiles,
                restoredFiles,
                Sizes.bytes(past.definition(), removed),
                Sizes.bytes(past.definition(), restored));
    }

    private static void log(
            Moment moment, long version, TableChange change, long files, long removed, long restored, long size) {
        Map<String, String> parameters = new TreeMap<>();
        if (moment.version() != null) {
            parameters.put("version", String.valueOf(version));
        } else {
            parameters.put("timestamp", moment.text());
        }
        change.metric("tableSizeAfterRestore", size);
        change.metric("numOfFilesAfterRestore", files);
        change.metric("numRemovedFiles", removed == 0 ? 0 : 1);
        change.metric("numRestoredFiles", restored == 0 ? 0 : 1);
        change.log(Operation.of("RESTORE", parameters));
    }

    private static long version(PastTables tables, TableInfo table, Moment moment, long latest) {
        try {
            return tables.version(table, moment);
        } catch (EngineException e) {
            if (e.errorClass().equals("DELTA_VERSION_NOT_FOUND")) {
                throw SqlErrors.of(
                        "DELTA_CANNOT_RESTORE_TABLE_VERSION",
                        "22003",
                        "Cannot restore table to version " + moment.version() + ". Available versions: [0, " + latest
                                + "].");
            }
            throw e;
        }
    }
}
