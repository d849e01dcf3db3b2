package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.localworkspace.engine.EngineException;
import java.lang.reflect.Proxy;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cancel is never lost, whenever it comes. */
class ExecutionTest {
    private final AtomicInteger interrupts = new AtomicInteger();
    private final CountDownLatch several = new CountDownLatch(3);
    private final Statement statement = (Statement) Proxy.newProxyInstance(
            ExecutionTest.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, args) -> {
                assertThat(method.getName()).isEqualTo("cancel");
                interrupts.incrementAndGet();
                several.countDown();
                return null;
            });

    @Test
    void cancel_beforeTheStatementBegins_failsItWhenItDoes() {
        Execution execution = new Execution();
        execution.cancel();
        assertThatThrownBy(() -> execution.begin(statement))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("[OPERATION_CANCELED]");
        assertThat(interrupts).hasValue(0);
    }

    @Test
    void cancel_whichTheEngineForgets_isRepeatedUntilTheStatementEnds() throws InterruptedException {
        Execution execution = new Execution();
        execution.begin(statement);
        execution.cancel();
        assertThat(several.await(10, TimeUnit.SECONDS)).isTrue();
        execution.end();
        int then = interrupts.get();
        TimeUnit.MILLISECONDS.sleep(60);
        assertThat(interrupts).hasValue(then);
        assertThatThrownBy(execution::check).hasMessageContaining("[OPERATION_CANCELED]");
    }

    @Test
    void cancel_afterTheStatementEnded_interruptsNothing() {
        Execution execution = new Execution();
        execution.begin(statement);
        execution.end();
        execution.cancel();
        assertThat(interrupts).hasValue(0);
    }
}
