package io.lakeport.core.export.schedule;

import io.lakeport.core.export.job.StagedFolder;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The folders that runs of one job wrote at a target. */
final class StagedFolders {
    private final ObjectStore store;
    private final long job;

    StagedFolders(ObjectStore store, long job) {
        this.store = store;
        this.job = job;
    }

    private List<ObjectInfo> objects() {
        return store.list(StagedFolder.PREFIX + job + "/");
    }

    /** Returns the folder that an attempt of a run wrote, empty when it wrote none. */
    Optional<StagedFolder> of(long run, long task) {
        return objects().stream()
                .flatMap(info -> StagedFolder.of(info.key().value()).stream())
                .filter(folder -> folder.job() == job && folder.run() == run && folder.task() == task)
                .findFirst();
    }

    /** Returns whether a run left anything. */
    boolean has(long run) {
        return objects().stream()
                .flatMap(info -> StagedFolder.of(info.key().value()).stream())
                .anyMatch(folder -> folder.run() == run);
    }

    /**
     * Removes folders that no manifest names.
     *
     * @param dead tells of a run whether nothing will be published of it any more
     */
    void remove(List<ExportManifest> manifests, Predicate<Long> dead) {
        Set<String> named = new HashSet<>();
        manifests.forEach(manifest -> manifest.files()
                .forEach(file ->
                        StagedFolder.of(file.object().key().value()).ifPresent(folder -> named.add(folder.path()))));
        List<ObjectInfo> strays = new ArrayList<>();
        for (ObjectInfo info : objects()) {
            StagedFolder.of(info.key().value())
                    .filter(folder -> !named.contains(folder.path()) && dead.test(folder.run()))
                    .ifPresent(folder -> strays.add(info));
        }
        strays.forEach(info -> store.delete(info.key()));
    }
}
