package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.journal.RunOwner.Life;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.UnfinishedUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs left at a target that no manifest names. A file is removed only when its run can no longer be
 * published: its number is taken, or its process is known to be dead.
 */
public final class Garbage {
    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);

    /**
     * How this library names its files, and the folders into which it lets others write; everything else at the target
     * is somebody else's.
     */
    private static final Pattern FILE = Pattern.compile("(?:.*/)?part-(?<run>[0-9a-f]{32})-[^/]*");

    private static final Pattern FOLDER = Pattern.compile("run-(?<run>[0-9a-f]{32})/.*");

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
        for (ObjectInfo info : target.store().list("")) {
            if (runOf(info.key()).filter(journal.runId()::equals).isPresent() && !isNamed(info, named)) {
                target.store().delete(info.key());
            }
        }
        abandonUploads(journal.runId()::equals);
        journal.remove();
    }

    /** A cloud bills the parts of an upload that nobody completes, and no listing of objects shows them. */
    private void abandonUploads(Predicate<String> runs) {
        for (UnfinishedUpload upload : target.store().unfinished()) {
            if (runOf(upload.key()).filter(runs).isPresent()) {
                target.store().abort(upload);
                LOG.info(
                        "gave up the unfinished upload of {} at {}",
                        upload.key(),
                        target.store().root());
            }
        }
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
        abandonUploads(run -> !kept.contains(run));
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
                .filter(info ->
                        runOf(info.key()).filter(run -> !keptRuns.contains(run)).isPresent())
                .filter(info -> !isNamed(info, named))
                .toList();
    }

    /** Returns which run wrote an object, empty when it is none of ours. */
    private static Optional<String> runOf(ObjectKey key) {
        for (Pattern pattern : List.of(FILE, FOLDER)) {
            Matcher matcher = pattern.matcher(key.value());
            if (matcher.matches()) {
                return Optional.of(matcher.group("run"));
            }
        }
        return Optional.empty();
    }

    /** Beside files that count stays also what their writer recorded: Databricks' readers look at it. */
    private static boolean isNamed(ObjectInfo info, Set<String> named) {
        String key = info.key().value();
        return named.contains(key)
                || info.key().fileName().startsWith("_") && named.contains(key.substring(0, key.lastIndexOf('/') + 1));
    }

    private static Set<String> names(ExportManifest manifest) {
        Set<String> names = new HashSet<>();
        for (WrittenFile file : manifest.files()) {
            String key = file.object().key().value();
            names.add(key);
            names.add(key.substring(0, key.lastIndexOf('/') + 1));
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
