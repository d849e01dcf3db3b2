package io.lakeport.app.running;

import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.RunningStatement;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** Lines of a file of running statements: {@code begin} with its fields, or {@code end}, apart by blanks. */
final class RunningLine {
    private static final int BEGIN_FIELDS = 6;

    private RunningLine() {}

    static byte[] begin(RunningStatement statement) {
        return line("begin " + statement.tag() + " " + statement.tenant() + " " + statement.warehouse() + " "
                + statement.purpose() + " " + statement.begun());
    }

    static byte[] end(String tag) {
        return line("end " + tag);
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Applies a line; one that a killed process left unfinished says nothing. */
    static void apply(String line, Map<String, RunningStatement> running) {
        String[] fields = line.split(" ");
        if (fields[0].equals("end") && fields.length == 2) {
            running.remove(fields[1]);
        } else if (fields[0].equals("begin") && fields.length == BEGIN_FIELDS) {
            try {
                RunningStatement begun = new RunningStatement(
                        fields[1],
                        TenantId.of(fields[2]),
                        WarehouseId.of(fields[3]),
                        Purpose.valueOf(fields[4]),
                        Instant.parse(fields[5]));
                running.put(begun.tag(), begun);
            } catch (IllegalArgumentException | DateTimeException e) {
                // Cut off in the middle of its last field, by a process that was killed before it posted.
                return;
            }
        }
    }
}
