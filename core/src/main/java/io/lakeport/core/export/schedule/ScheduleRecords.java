package io.lakeport.core.export.schedule;

import io.lakeport.core.export.journal.JournalCodec;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.SmallObjects;
import java.util.Optional;

/**
 * What the SQL files of a target's jobs write, recorded at the target by the names of the files: a run that began with
 * an older text is published as what it was, whatever was deployed since.
 */
final class ScheduleRecords {
    private static final String FOLDER = "_lakeport/schedule/";

    private final ObjectStore store;
    private final JournalCodec codec;

    ScheduleRecords(ObjectStore store, JournalCodec codec) {
        this.store = store;
        this.codec = codec;
    }

    void write(String fileName, RunPlan plan) {
        new SmallObjects(store).write(key(fileName), codec.encode(plan), CreateMode.REPLACE);
    }

    /** Returns what the file at that path of the workspace writes, empty when it was not deployed for this target. */
    Optional<RunPlan> read(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.matches("[\\w-]+\\.sql")) {
            return Optional.empty();
        }
        ObjectKey key = key(name);
        return store.stat(key)
                .map(info -> codec.decodePlan(new SmallObjects(store).read(key), store.root() + key.value()));
    }

    private static ObjectKey key(String fileName) {
        return ObjectKey.of(FOLDER + fileName.replaceFirst("\\.sql$", "") + ".json");
    }
}
