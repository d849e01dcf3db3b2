package io.lakeport.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryBudgetNestingTest {
    private static final Deadline SOON = Deadline.after(Duration.ofMillis(20));

    private final MemoryBudget process = MemoryBudget.of("process", 100);
    private final MemoryBudget statement = process.child("statement", 40);

    @Test
    void reserve_childIsFull_takesNothingFromTheParentWhileWaiting() {
        MemoryBudget.Reservation held = statement.reserve(40, SOON);

        assertThatThrownBy(() -> statement.reserve(30, SOON)).isInstanceOf(LakeportException.class);

        assertThat(process.peak()).isEqualTo(40);
        held.close();
        assertThat(process.used()).isZero();
    }

    @Test
    void reserve_parentIsFull_leavesTheChildAsItWas() {
        MemoryBudget.Reservation others = process.reserve(90, SOON);

        assertThatThrownBy(() -> statement.reserve(30, SOON)).isInstanceOf(LakeportException.class);

        assertThat(statement.used()).isZero();
        others.close();
    }

    @Test
    void shrinkTo_twiceAndClosed_givesEachByteBackOnce() {
        MemoryBudget.Reservation held = statement.reserve(30, SOON);

        held.shrinkTo(10);
        assertThat(process.used()).isEqualTo(10);
        held.shrinkTo(20);
        assertThat(statement.used()).isEqualTo(10);
        held.close();
        held.close();

        assertThat(process.used()).isZero();
        assertThat(statement.used()).isZero();
    }
}
