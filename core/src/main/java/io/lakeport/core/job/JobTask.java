package io.lakeport.core.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A task that runs one SQL file on the job's warehouse.
 *
 * @param key its name within the job: letters, digits, hyphens and underscores
 * @param sql text of the file: one statement, with named parameters
 * @param parameters values of the parameters, in which the workspace resolves dynamic value references such as
 *     <code>{{job.run_id}}</code>
 * @param after tasks that must have succeeded before
 */
public record JobTask(String key, String sql, Map<String, String> parameters, List<String> after) {
    private static final int DIGITS = 16;

    public JobTask {
        Objects.requireNonNull(sql, "sql");
        parameters = Map.copyOf(parameters);
        after = List.copyOf(after);
        if (!key.matches("[\\w-]{1,100}")) {
            throw new IllegalArgumentException("'" + key + "' is no key of a task");
        }
    }

    /**
     * Returns the name of its file, which carries a digest of the text: a run that has begun keeps the text that it began
     * with when the job is changed.
     */
    public String fileName() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return key + "-" + HexFormat.of().formatHex(digest).substring(0, DIGITS) + ".sql";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
