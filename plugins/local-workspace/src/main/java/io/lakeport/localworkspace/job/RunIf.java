package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides by the ends of a task's dependencies whether it runs. */
final class RunIf {
    private RunIf() {}

    /** Returns how a task ends without running; empty when it is to run. */
    static Optional<Result> skips(JsonNode task, Run run) {
        List<Result> ends = new ArrayList<>();
        for (JsonNode need : task.path("depends_on")) {
            TaskRun before = run.task(need.path("task_key").asText()).orElseThrow();
            Result end = before.result().orElse(Result.CANCELED);
            String wanted = need.path("outcome").asText();
            boolean other = !wanted.isEmpty() && !wanted.equals(before.conditionOutcome());
            ends.add(other && end.isSuccess() ? Result.EXCLUDED : end);
        }
        if (ends.isEmpty()) {
            return Optional.empty();
        }
        return decide(task.path("run_if").asText("ALL_SUCCESS"), ends);
    }

    private static Optional<Result> decide(String runIf, List<Result> ends) {
        boolean anyFailed = ends.stream().anyMatch(Result::isFailure);
        boolean anySuccess = ends.stream().anyMatch(Result::isSuccess);
        boolean anyCancel = ends.stream().anyMatch(Result::isCancel);
        boolean runs = switch (runIf) {
            case "ALL_DONE" -> true;
            case "ALL_FAILED" -> ends.stream().allMatch(Result::isFailure);
            case "AT_LEAST_ONE_FAILED" -> anyFailed;
            case "AT_LEAST_ONE_SUCCESS" -> anySuccess;
            case "NONE_FAILED" -> !anyFailed && !anyCancel && anySuccess;
            default -> ends.stream().allMatch(Result::isSuccess);
        };
        if (runs) {
            return Optional.empty();
        }
        boolean wantsFailure = runIf.equals("ALL_FAILED") || runIf.equals("AT_LEAST_ONE_FAILED");
        if (anyFailed && !wantsFailure) {
            return Optional.of(Result.UPSTREAM_FAILED);
        }
        return Optional.of(anyCancel ? Result.UPSTREAM_CANCELED : Result.EXCLUDED);
    }
}
