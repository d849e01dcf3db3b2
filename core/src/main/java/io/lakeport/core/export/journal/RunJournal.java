package io.lakeport.core.export.journal;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.SmallObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The records of one unfinished run, as objects below {@code _lakeport/runs/<run>/} of its target. They lie beside the
 * data because they must outlive the process and its machine, and mean nothing without the files they name.
 * Thread-safe as its store is.
 */
public final class RunJournal {
    private static final String FOLDER = "_lakeport/runs/";
    private static final String PLAN = "plan.json";

    private final ObjectStore store;
    private final SmallObjects objects;
    private final JournalCodec codec;
    private final String runId;
    private final String folder;

    /** Creates the journal of a run at a store's root. */
    public RunJournal(ObjectStore store, JournalCodec codec, String runId) {
        this.store = store;
        this.objects = new SmallObjects(store);
        this.codec = codec;
        this.runId = runId;
        this.folder = FOLDER + runId + "/";
    }

    /** Returns the ids of all runs that have records at the target. */
    public static List<String> runs(ObjectStore store) {
        TreeSet<String> ids = new TreeSet<>();
        for (ObjectInfo info : store.list(FOLDER)) {
            String rest = info.key().value().substring(FOLDER.length());
            int slash = rest.indexOf('/');
            if (slash > 0) {
                ids.add(rest.substring(0, slash));
            }
        }
        return List.copyOf(ids);
    }

    /** Returns which run it is. */
    public String runId() {
        return runId;
    }

    /** Returns the beginning of the names of all files that an attempt writes. */
    public String fileStem(int attempt) {
        return String.format(Locale.ROOT, "%s%02d-", fileStem(), attempt);
    }

    /** Returns the beginning of the names of all files that the run writes. */
    public String fileStem() {
        return "part-" + runId + "-";
    }

    /** Returns the folder into which a run lets somebody else write, ending in a slash. */
    public String folder() {
        return "run-" + runId + "/";
    }

    /** Returns the folder of one attempt: what an attempt before may still write lands in another. */
    public String folder(int attempt) {
        return String.format(Locale.ROOT, "%s%02d/", folder(), attempt);
    }

    /** Records what the run will do. */
    public void begin(RunPlan plan) {
        objects.write(ObjectKey.of(folder + PLAN), codec.encode(plan), CreateMode.FAIL_IF_EXISTS);
    }

    /** Returns what the run does; empty when the process ended before that was recorded. */
    public Optional<RunPlan> plan() {
        ObjectKey key = ObjectKey.of(folder + PLAN);
        return store.stat(key).map(info -> codec.decodePlan(objects.read(key), store.root() + key));
    }

    /**
     * Records that a process begins to work on the run.
     *
     * @throws LakeportException CONFLICT when another process took this attempt
     */
    public void begin(RunAttempt attempt) {
        try {
            objects.write(key("attempt", attempt.number(), 0), codec.encode(attempt), CreateMode.FAIL_IF_EXISTS);
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_EXISTS)) {
                throw e;
            }
            throw new LakeportException(
                    CoreError.OBJECT_EXISTS,
                    "another process resumed run " + runId + " at '" + store.root()
                            + "' at this moment; leave it to it",
                    e);
        }
    }

    /** Records the statement of an attempt, once the workspace has told its id. */
    public void running(RunAttempt attempt) {
        objects.write(key("statement", attempt.number(), 0), codec.encode(attempt), CreateMode.REPLACE);
    }

    /** Returns the attempts so far, in order. */
    public List<RunAttempt> attempts() {
        List<RunAttempt> attempts = new ArrayList<>();
        for (ObjectInfo info : store.list(folder + "attempt-")) {
            RunAttempt begun = codec.decodeAttempt(objects.read(info.key()), store.root() + info.key());
            ObjectKey statement = key("statement", begun.number(), 0);
            attempts.add(
                    store.stat(statement).isPresent()
                            ? codec.decodeAttempt(objects.read(statement), store.root() + statement)
                            : begun);
        }
        return attempts;
    }

    /** Records files that are durable. */
    public void record(Segment segment) {
        objects.write(
                key("segment", segment.attempt(), segment.number()), codec.encode(segment), CreateMode.FAIL_IF_EXISTS);
    }

    /** Returns the durable segments whose rows come from that statement. */
    public List<Segment> segments(String statementId) {
        List<Segment> segments = new ArrayList<>();
        for (ObjectInfo info : store.list(folder + "segment-")) {
            // Some servers list what they are still writing, or were when a connection broke, under a longer name.
            if (!info.key().value().endsWith(".json")) {
                continue;
            }
            Segment segment = codec.decodeSegment(objects.read(info.key()), store.root() + info.key());
            if (segment.statementId().equals(statementId)) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** Removes all records, the plan last: what is left of a removal can be removed again. */
    public void remove() {
        for (ObjectInfo info : store.list(folder)) {
            if (!info.key().fileName().equals(PLAN)) {
                store.delete(info.key());
            }
        }
        store.delete(ObjectKey.of(folder + PLAN));
    }

    private ObjectKey key(String kind, int attempt, int number) {
        String place = number == 0
                ? String.format(Locale.ROOT, "%s-%04d", kind, attempt)
                : String.format(Locale.ROOT, "%s-%04d-%06d", kind, attempt, number);
        return ObjectKey.of(folder + place + ".json");
    }
}
