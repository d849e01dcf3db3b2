package io.lakeport.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.audit.LedgerEntry.Outcome;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.testwatch.ExpectWarnings;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingWarehouseTest {
    private static final TenantId ACME = TenantId.of("acme");
    private static final String SQL = "SELECT card_number FROM payments WHERE id = 4711";

    private final StepClock clock = new StepClock();
    private final InMemoryLedger ledger = new InMemoryLedger(10);
    private final FakeWarehouse below = new FakeWarehouse();
    private final Warehouse warehouse = new RecordingWarehouse(below, ACME, WarehouseId.of("w1"), ledger, clock);

    @Test
    @Tag("AK-27")
    void execute_readToTheEnd_oneEntryWithWhatReachedTheReader() {
        StatementRequest request = request();
        ResultStream stream = warehouse.execute(request);
        clock.forward(Duration.ofSeconds(7));
        while (stream.next().isPresent()) {
            // Counts.
        }
        stream.close();
        stream.close();

        assertThat(ledger.newest(ACME, 10))
                .containsExactly(new LedgerEntry(
                        ACME,
                        Purpose.EXPORT,
                        SqlFingerprint.of(SQL),
                        request.tag(),
                        Optional.of("s-1"),
                        WarehouseId.of("w1"),
                        5,
                        48,
                        Instant.parse("2026-11-21T10:00:00Z"),
                        Duration.ofSeconds(7),
                        Outcome.SUCCEEDED,
                        Optional.empty()));
        assertThat(ledger.newest(ACME, 10).toString())
                .doesNotContain("card_number")
                .doesNotContain("4711");
    }

    @Test
    void close_beforeTheEnd_isAbandoned() {
        below.total = OptionalLong.empty();
        try (ResultStream stream = warehouse.execute(request())) {
            stream.next();
        }

        assertThat(only().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(only().rows()).isEqualTo(2);
    }

    @Test
    void close_afterTheLastRowOfAKnownTotal_isSuccess() {
        try (ResultStream stream = warehouse.execute(request())) {
            stream.next();
            stream.next();
        }

        assertThat(only().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void close_statementWithoutColumns_isSuccess() {
        below.schema = new ResultSchema(List.of());
        below.total = OptionalLong.empty();

        warehouse.execute(request()).close();

        assertThat(only().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "STATEMENT_FAILED,FAILED",
        "OUT_OF_SCOPE,FAILED",
        "STATEMENT_CANCELLED,CANCELLED",
        "DEADLINE_EXCEEDED,CANCELLED",
        "INTERRUPTED,CANCELLED",
        "STATEMENT_OUTCOME_UNKNOWN,UNKNOWN"
    })
    void execute_fails_isRecordedAndRethrown(CoreError code, Outcome outcome) {
        below.onExecute = new LakeportException(code, "no").with("statement_id", "s-9");

        assertThatThrownBy(() -> warehouse.execute(request())).isSameAs(below.onExecute);

        assertThat(only().outcome()).isEqualTo(outcome);
        assertThat(only().error()).contains(code.name());
        assertThat(only().statementId()).contains("s-9");
    }

    @Test
    void next_fails_isRecordedOnceWithTheRowsSoFar() {
        ResultStream stream = warehouse.execute(request());
        stream.next();
        below.onNext = new LakeportException(CoreError.RESULT_CORRUPT, "cut");

        assertThatThrownBy(stream::next).isSameAs(below.onNext);
        stream.close();

        assertThat(only().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(only().rows()).isEqualTo(2);
        assertThat(only().error()).contains("RESULT_CORRUPT");
    }

    @Test
    void close_cancelCannotBeConfirmed_isUnknown() {
        below.total = OptionalLong.empty();
        below.onClose = new LakeportException(CoreError.STATEMENT_OUTCOME_UNKNOWN, "not confirmed");
        ResultStream stream = warehouse.execute(request());

        assertThatThrownBy(stream::close).isSameAs(below.onClose);

        assertThat(only().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void close_ofTheWarehouse_recordsWhatWasStillOpen() {
        below.total = OptionalLong.empty();
        warehouse.execute(request());
        warehouse.execute(request());

        warehouse.close();

        assertThat(ledger.newest(ACME, 10))
                .extracting(LedgerEntry::outcome)
                .containsOnly(Outcome.ABANDONED)
                .hasSize(2);
        assertThat(below.closed).isTrue();
    }

    @Test
    @ExpectWarnings("The ledger lost the entry")
    void next_ledgerIsBroken_theResultStillReachesTheReader() {
        StatementLedger broken = new StatementLedger() {
            @Override
            public void record(LedgerEntry entry) {
                throw new IllegalStateException("disk gone");
            }

            @Override
            public List<LedgerEntry> newest(TenantId tenant, int limit) {
                return List.of();
            }

            @Override
            public void close() {}
        };
        try (Warehouse recording = new RecordingWarehouse(below, ACME, WarehouseId.of("w1"), broken, clock);
                ResultStream stream = recording.execute(request())) {
            assertThat(stream.next()).isPresent();
            assertThat(stream.next()).isPresent();
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void newest_fullRing_keepsTheNewestOfEachTenant() {
        InMemoryLedger small = new InMemoryLedger(2);
        TenantId bolt = TenantId.of("bolt");
        List.of("a", "b", "c").forEach(tag -> small.record(LedgerEntries.entry(ACME, tag, clock.instant())));
        small.record(LedgerEntries.entry(bolt, "x", clock.instant()));

        assertThat(small.newest(ACME, 10)).extracting(LedgerEntry::tag).containsExactly("c", "b");
        assertThat(small.newest(ACME, 1)).extracting(LedgerEntry::tag).containsExactly("c");
        assertThat(small.newest(bolt, 10)).extracting(LedgerEntry::tag).containsExactly("x");
        assertThat(small.newest(TenantId.of("none"), 10)).isEmpty();
    }

    private LedgerEntry only() {
        assertThat(ledger.newest(ACME, 10)).hasSize(1);
        return ledger.newest(ACME, 1).get(0);
    }

    private static StatementRequest request() {
        return StatementRequest.of(SQL).purpose(Purpose.EXPORT).build(Deadline.after(Duration.ofSeconds(10)));
    }

    private static final class FakeWarehouse implements Warehouse {
        RuntimeException onExecute;
        RuntimeException onNext;
        RuntimeException onClose;
        OptionalLong total = OptionalLong.of(5);
        ResultSchema schema = new ResultSchema(List.of(new Column("card_number", SqlType.of(SqlType.Kind.STRING))));
        boolean closed;

        @Override
        public ResultStream execute(StatementRequest request) {
            if (onExecute != null) {
                throw onExecute;
            }
            return new FakeStream();
        }

        @Override
        public Set<WarehouseCapability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {
            closed = true;
        }

        private final class FakeStream implements ResultStream {
            private int at;

            @Override
            public StatementId statementId() {
                return new StatementId("s-1");
            }

            @Override
            public ResultSchema schema() {
                return schema;
            }

            @Override
            public OptionalLong totalRows() {
                return total;
            }

            @Override
            public boolean truncated() {
                return false;
            }

            @Override
            public Optional<ResultChunk> next() {
                if (onNext != null) {
                    throw onNext;
                }
                at++;
                return switch (at) {
                    case 1 -> Optional.of(new ResultChunk(0, 0, 2, ByteBuffer.allocate(16), () -> {}));
                    case 2 -> Optional.of(new ResultChunk(1, 2, 3, ByteBuffer.allocate(32), () -> {}));
                    default -> Optional.empty();
                };
            }

            @Override
            public void close() {
                if (onClose != null) {
                    throw onClose;
                }
            }
        }
    }

    static final class StepClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
