package io.lakeport.localworkspace.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces dynamic value references such as {@code {{job.parameters.day}}} in parameters and conditions. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([\\w.-]+)\\s*\\}\\}");

    private References() {}

    static String resolve(String text, Run run, TaskRun task) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    out, Matcher.quoteReplacement(value(matcher.group(1), matcher.group(), run, task)));
        }
        return matcher.appendTail(out).toString();
    }

    /** A reference that means nothing stays as it is written, as the service leaves it. */
    private static String value(String name, String written, Run run, TaskRun task) {
        if (name.startsWith("job.parameters.")) {
            return run.parameters().getOrDefault(name.substring("job.parameters.".length()), written);
        }
        return switch (name) {
            case "job.id" -> run.jobId().map(String::valueOf).orElse(written);
            case "job.name" -> run.name();
            case "job.run_id" -> String.valueOf(run.id());
            case "task.name" -> task.key();
            case "task.run_id" -> String.valueOf(task.id());
            case "task.execution_count" -> String.valueOf(task.attempt() + 1);
            case "job.start_time.iso_date" ->
                run.startedAt().atOffset(java.time.ZoneOffset.UTC).toLocalDate().toString();
            default -> taskValue(name, written, run);
        };
    }

    private static String taskValue(String name, String written, Run run) {
        String[] parts = name.split("\\.");
        if (name.matches("tasks\\.[\\w-]+\\.output\\.first_row\\.[\\w-]+")) {
            return run.task(parts[1])
                    .map(task -> task.output().firstRow().get(parts[4]))
                    .orElse(written);
        }
        if (parts.length != 3 || !parts[0].equals("tasks") || !parts[2].equals("result_state")) {
            return written;
        }
        return run.task(parts[1])
                .flatMap(TaskRun::result)
                .map(result -> result.name().toLowerCase(java.util.Locale.ROOT))
                .orElse(written);
    }
}
