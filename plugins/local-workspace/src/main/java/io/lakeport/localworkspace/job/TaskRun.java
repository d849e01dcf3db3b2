package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The run of one task: its last attempt. Thread-safe. */
final class TaskRun {
    private final String key;
    private final JsonNode settings;
    private long id;
    private int attempt;
    private TaskState state = TaskState.BLOCKED;
    private @Nullable Result result;
    private String message = "";
    private String conditionOutcome = "";
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private Output output = Output.NONE;

    /** What a SQL task ran. */
    record Output(String sql, List<String> statementIds, String warehouseId, Map<String, String> firstRow) {
        static final Output NONE = new Output("", List.of(), "", Map.of());
    }

    TaskRun(String key, JsonNode settings) {
        this.key = key;
        this.settings = settings;
        this.id = RunIds.next();
    }

    String key() {
        return key;
    }

    JsonNode settings() {
        return settings;
    }

    synchronized long id() {
        return id;
    }

    synchronized int attempt() {
        return attempt;
    }

    synchronized TaskState state() {
        return state;
    }

    synchronized Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    synchronized String message() {
        return message;
    }

    synchronized String conditionOutcome() {
        return conditionOutcome;
    }

    synchronized Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    synchronized Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    synchronized Output output() {
        return output;
    }

    /** Forgets an earlier attempt, which a new one with a new id follows. */
    synchronized void again(TaskState next) {
        attempt++;
        id = RunIds.next();
        state = next;
        result = null;
        endedAt = null;
        message = "";
        output = Output.NONE;
    }

    synchronized void begin(Instant now) {
        state = TaskState.RUNNING;
        startedAt = now;
    }

    synchronized void ran(String sql, String statementId, String warehouseId) {
        List<String> ids = new ArrayList<>(output.statementIds());
        ids.add(statementId);
        output = new Output(sql, List.copyOf(ids), warehouseId, Map.of());
    }

    /** Keeps the first row of the last statement, for the tasks after. */
    synchronized void answered(Map<String, String> firstRow) {
        output = new Output(output.sql(), output.statementIds(), output.warehouseId(), firstRow);
    }

    synchronized void conditionWas(boolean outcome) {
        conditionOutcome = String.valueOf(outcome);
    }

    synchronized void end(TaskState last, Result how, String why, Instant now) {
        if (state.isEnd()) {
            return;
        }
        state = last;
        result = how;
        message = why;
        endedAt = now;
        if (startedAt == null) {
            startedAt = now;
        }
    }
}
