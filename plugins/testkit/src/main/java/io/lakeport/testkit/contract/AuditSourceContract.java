package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of {@link AuditSource}: it tells of the statements that were run, and of no others. */
public interface AuditSourceContract {
    /** Opens the source under test; the contract closes it. */
    AuditSource openSource();

    /** Opens a warehouse of the same tenant and workspace; the contract closes it. */
    Warehouse openWarehouse();

    /** Returns how long the workspace may take to show a statement; system tables lag by minutes. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** A statement that ran is found by its id, finished, with the time at which it began. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    default void find_statementThatRan_isFoundAsFinished() throws InterruptedException {
        Instant before = Instant.now().minusSeconds(5);
        String id = run();
        try (AuditSource source = openSource()) {
            List<HistoryEntry> found = await(source, id, before);
            assertThat(found).singleElement().satisfies(entry -> {
                assertThat(entry.statementId()).isEqualTo(id);
                assertThat(entry.status()).isEqualTo("FINISHED");
                assertThat(entry.startedAt()).isBetween(before, Instant.now().plusSeconds(5));
            });
            assertThat(source.origin()).isNotBlank();
        }
    }

    /** Ids that the workspace does not know are missing from the answer; no ids, no answer. */
    @Test
    default void find_unknownIds_areMissing() {
        Instant since = Instant.now().minusSeconds(60);
        try (AuditSource source = openSource()) {
            assertThat(source.find(Set.of("01ef0000-0000-1000-8000-000000000000"), since, deadline()))
                    .isEmpty();
            assertThat(source.find(Set.of(), since, deadline())).isEmpty();
        }
    }

    private String run() {
        try (Warehouse warehouse = openWarehouse();
                ResultStream result =
                        warehouse.execute(StatementRequest.of("SELECT 1").build(deadline()))) {
            for (var chunk = result.next(); chunk.isPresent(); chunk = result.next()) {
                chunk.get().close();
            }
            return result.statementId().value();
        }
    }

    private List<HistoryEntry> await(AuditSource source, String id, Instant since) throws InterruptedException {
        Deadline end = Deadline.after(patience());
        List<HistoryEntry> found = source.find(Set.of(id), since, deadline());
        while (found.stream().noneMatch(entry -> entry.duration().isPresent()) && !end.isExpired()) {
            TimeUnit.MILLISECONDS.sleep(200);
            found = source.find(Set.of(id), since, deadline());
        }
        return found;
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
