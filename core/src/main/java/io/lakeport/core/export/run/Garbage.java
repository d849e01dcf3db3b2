package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner.Life;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what runs left at a target that no manifest names. A file is removed only when its run can no longer be
 * published: its number is taken, or its process is known to be dead.
 */
public final class Garbage {
    /** How this library names its files; other files at the target are somebody else's. */
    private static final Pattern FILE = Pattern.compile("part-(?<run>[0-9a-f]{32})-.*");

    private final Target target;

    /** Creates the collector of a target. */
    public Garbage(Target target) {
        this.target = target;
    }

    /** Removes what a published run wrote and did not use, and its records. */
    void removeRun(RunJournal journal, ExportManifest published) {
        removeRun(journal, Optional.of(published), published.sequence());
    }

    /** Removes the files of a run that no manifest names, and its records. */
    void removeRun(RunJournal journal, Optional<ExportManifest> published, long sequence) {
        // Another attempt of the same run may have been faster, with files of this one in its manifest.
        Optional<ExportManifest> taken = published.or(() -> target.log().at(sequence));
        Set<String> named = taken.map(Garbage::names).orElse(Set.of());
        remove(object -> object.startsWith(journal.fileStem()), named);
        journal.remove();
    }

    /**
     * Removes everything that no manifest names of runs that are over.
     *
     * @param graceForUnknown how long ago a run on another machine must have begun to be taken for dead
     * @param now the time it is
     * @return what was removed
     */
    public Removed collect(Duration graceForUnknown, Instant now) {
        List<ExportManifest> manifests = target.log().all();
        long newest =
                manifests.isEmpty() ? 0 : manifests.get(manifests.size() - 1).sequence();
        Set<String> named = new HashSet<>();
        manifests.forEach(manifest -> named.addAll(names(manifest)));
        Set<String> kept = new HashSet<>();
        int runs = 0;
        for (RunJournal journal : target.journals()) {
            if (isOver(journal, newest, now.minus(graceForUnknown))) {
                journal.remove();
                runs++;
            } else {
                kept.add(journal.runId());
            }
        }
        long bytes = 0;
        int files = 0;
        for (ObjectInfo info : strays(kept, named)) {
            target.store().delete(info.key());
            bytes += info.bytes();
            files++;
        }
        return new Removed(runs, files, bytes);
    }

    private static boolean isOver(RunJournal journal, long newest, Instant begunBefore) {
        Optional<RunPlan> plan = journal.plan();
        if (plan.isPresent() && plan.get().sequence() <= newest) {
            return true;
        }
        Life life = ActiveRuns.life(journal);
        boolean old = plan.map(known -> known.startedAt().isBefore(begunBefore)).orElse(true);
        return life == Life.DEAD || life == Life.UNKNOWN && old;
    }

    private List<ObjectInfo> strays(Set<String> keptRuns, Set<String> named) {
        return target.store().list("").stream()
                .filter(info -> !named.contains(info.key().value()))
                .filter(info -> {
                    Matcher matcher = FILE.matcher(info.key().fileName());
                    return matcher.matches() && !keptRuns.contains(matcher.group("run"));
                })
                .toList();
    }

    private void remove(java.util.function.Predicate<String> ofRun, Set<String> named) {
        ObjectStore store = target.store();
        for (ObjectInfo info : store.list("")) {
            if (ofRun.test(info.key().fileName()) && !named.contains(info.key().value())) {
                store.delete(info.key());
            }
        }
    }

    private static Set<String> names(ExportManifest manifest) {
        Set<String> names = new HashSet<>();
        for (WrittenFile file : manifest.files()) {
            names.add(file.object().key().value());
        }
        return names;
    }

    /**
     * What a collection removed.
     *
     * @param runs records of runs
     * @param files files
     * @param bytes size of those files
     */
    public record Removed(int runs, int files, long bytes) {}
}
