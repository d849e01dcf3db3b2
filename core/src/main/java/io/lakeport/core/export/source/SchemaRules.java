package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ChangeColumns;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.query.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may change about the columns between two runs of an incremental export. The rules are published in
 * {@code docs/export.md}: columns may be added and dropped, and types may widen where a reader of older files can widen
 * too; everything else is refused before a row is read.
 */
final class SchemaRules {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRules.class);

    private final ExportRequest request;

    SchemaRules(ExportRequest request) {
        this.request = request;
    }

    /**
     * Fails when the files of these runs, oldest first, cannot be read together with files of the columns.
     *
     * @throws LakeportException INVALID_REQUEST naming the column, what it was and what it is
     */
    void check(List<ExportManifest> history, List<Column> now) {
        if (history.isEmpty()) {
            return;
        }
        List<Column> before =
                ChangeColumns.without(history.get(history.size() - 1).columns());
        Map<String, Column> everSeen = seen(history);
        List<String> changes = new ArrayList<>();
        for (Column column : now) {
            Column old = everSeen.get(lower(column));
            if (old == null) {
                changes.add("added " + column.name() + " " + column.type());
            } else if (!old.type().equals(column.type())) {
                requireWider(old, column);
                changes.add("widened " + column.name() + " from " + old.type() + " to " + column.type());
            }
        }
        before.stream().filter(column -> !holds(now, column)).forEach(column -> {
            requireNotRenamed(column, before, now);
            changes.add("dropped " + column.name());
        });
        if (!changes.isEmpty()) {
            LOG.info("columns of {} since run {}: {}", request.source(), newest(history), String.join(", ", changes));
        }
    }

    /** The type that a column had last, in files that still count. */
    private static Map<String, Column> seen(List<ExportManifest> history) {
        Map<String, Column> seen = new LinkedHashMap<>();
        for (ExportManifest manifest : history) {
            if (manifest.mode() == ExportMode.OVERWRITE) {
                seen.clear();
            }
            manifest.columns().forEach(column -> seen.put(lower(column), column));
        }
        return seen;
    }

    private void requireWider(Column old, Column column) {
        if (!old.type().widensTo(column.type())) {
            throw refused("column '" + column.name() + "' of " + request.source() + " was " + old.type()
                    + " in files at '" + request.target() + "' and is now " + column.type()
                    + ", which readers of both cannot bring together");
        }
    }

    /** A renamed column would leave its old values behind under the old name, and nobody would notice. */
    private void requireNotRenamed(Column dropped, List<Column> before, List<Column> now) {
        int place = before.indexOf(dropped);
        if (place < now.size()) {
            Column there = now.get(place);
            boolean fresh = !holds(before, there);
            if (fresh && there.type().equals(dropped.type())) {
                throw refused("column '" + dropped.name() + "' of " + request.source() + " is gone and '" + there.name()
                        + "' of the same type " + there.type()
                        + " is in its place, as if it were renamed; older files at '"
                        + request.target() + "' keep the old name");
            }
        }
    }

    private LakeportException refused(String what) {
        return new LakeportException(
                CoreError.INVALID_ARGUMENT,
                what + "; begin again with mode OVERWRITE, which replaces those files, or export to another target");
    }

    private static boolean holds(List<Column> columns, Column wanted) {
        return columns.stream().anyMatch(column -> lower(column).equals(lower(wanted)));
    }

    private static String lower(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static long newest(List<ExportManifest> history) {
        return history.get(history.size() - 1).sequence();
    }
}
