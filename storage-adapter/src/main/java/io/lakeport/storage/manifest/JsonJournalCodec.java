package io.lakeport.storage.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.JournalCodec;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.journal.Segment;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.TreeSet;

/** Records of runs as indented JSON. */
public final class JsonJournalCodec implements JournalCodec {
    private static final String PLAN = "lakeport-run";
    private static final String ATTEMPT = "lakeport-run-attempt";
    private static final String SEGMENT = "lakeport-run-segment";
    private static final int VERSION = 1;

    /** Creates the codec; called by {@link java.util.ServiceLoader}. */
    public JsonJournalCodec() {}

    @Override
    public byte[] encode(RunPlan run) {
        ObjectNode root = RecordNode.begin(PLAN, VERSION);
        root.put("run_id", run.runId());
        root.put("sequence", run.sequence());
        root.put("engine", run.engine());
        root.put("started_at", run.startedAt().toString());
        RequestJson.put(root.putObject("request"), run.request());
        ObjectNode plan = root.putObject("plan");
        run.plan().snapshotVersion().ifPresent(version -> plan.put("snapshot_version", version));
        run.plan().window().ifPresent(window -> CommonJson.put(plan.putObject("window"), window));
        run.plan().feed().ifPresent(feed -> CommonJson.put(plan.putObject("change_feed"), feed));
        run.plan()
                .taken()
                .ifPresent(taken ->
                        plan.putObject("taken").put("version", taken.version()).put("below", taken.below()));
        CommonJson.putColumns(plan.putArray("columns"), run.plan().columns());
        CommonJson.putPartitions(
                plan.putArray("replaced_partitions"), run.plan().replacedPartitions());
        return RecordNode.bytes(root);
    }

    @Override
    public RunPlan decodePlan(byte[] bytes, String origin) {
        return RecordNode.read(
                bytes,
                origin,
                PLAN,
                VERSION,
                root -> new RunPlan(
                        root.text("run_id"),
                        root.number("sequence"),
                        RequestJson.request(root.object("request")),
                        plan(root.object("plan")),
                        root.text("engine"),
                        Instant.parse(root.text("started_at"))));
    }

    private static ExportPlan plan(RecordNode node) {
        return new ExportPlan(
                node.optionalNumber("snapshot_version"),
                node.optional("window", CommonJson::window),
                node.optional("change_feed", CommonJson::feed),
                node.optional("taken", taken -> new ExportPlan.Taken(taken.number("version"), taken.text("below"))),
                node.list("columns", CommonJson::column),
                new LinkedHashSet<>(node.list("replaced_partitions", RecordNode::members)));
    }

    @Override
    public byte[] encode(RunAttempt attempt) {
        ObjectNode root = RecordNode.begin(ATTEMPT, VERSION);
        root.put("number", attempt.number());
        root.put("started_at", attempt.startedAt().toString());
        root.putObject("owner")
                .put("host", attempt.owner().host())
                .put("pid", attempt.owner().pid())
                .put("started_at", attempt.owner().startedAt().toString());
        root.put("statement_tag", attempt.statementTag());
        attempt.statementId().ifPresent(id -> root.put("statement_id", id));
        return RecordNode.bytes(root);
    }

    @Override
    public RunAttempt decodeAttempt(byte[] bytes, String origin) {
        return RecordNode.read(
                bytes,
                origin,
                ATTEMPT,
                VERSION,
                root -> new RunAttempt(
                        Math.toIntExact(root.number("number")),
                        owner(root.object("owner")),
                        Instant.parse(root.text("started_at")),
                        root.text("statement_tag"),
                        root.optionalText("statement_id")));
    }

    private static RunOwner owner(RecordNode node) {
        return new RunOwner(node.text("host"), node.number("pid"), Instant.parse(node.text("started_at")));
    }

    @Override
    public byte[] encode(Segment segment) {
        ObjectNode root = RecordNode.begin(SEGMENT, VERSION);
        root.put("statement_id", segment.statementId());
        root.put("attempt", segment.attempt());
        root.put("number", segment.number());
        root.put("rows", segment.rows());
        segment.chunks().forEach(root.putArray("chunks")::add);
        CommonJson.putFiles(root.putArray("files"), segment.files());
        return RecordNode.bytes(root);
    }

    @Override
    public Segment decodeSegment(byte[] bytes, String origin) {
        return RecordNode.read(
                bytes,
                origin,
                SEGMENT,
                VERSION,
                root -> new Segment(
                        root.text("statement_id"),
                        Math.toIntExact(root.number("attempt")),
                        Math.toIntExact(root.number("number")),
                        new TreeSet<>(root.numbers("chunks")),
                        root.list("files", CommonJson::file),
                        root.number("rows")));
    }
}
