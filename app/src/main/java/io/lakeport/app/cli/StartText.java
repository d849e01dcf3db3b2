package io.lakeport.app.cli;

import io.lakeport.core.warehouse.StartProgress;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseState;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells on standard error how a start goes: each new state, and a sign of life every ten seconds. */
final class StartText implements Consumer<StartProgress> {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final Console console;
    private @Nullable WarehouseState state;
    private Duration told = Duration.ZERO;

    StartText(Console console) {
        this.console = console;
    }

    @Override
    public void accept(StartProgress progress) {
        WarehouseInfo info = progress.warehouse();
        if (info.state() == WarehouseState.RUNNING
                || info.state() == state && progress.waited().minus(told).compareTo(SIGN_OF_LIFE) < 0) {
            return;
        }
        state = info.state();
        told = progress.waited();
        console.note("warehouse " + info.name() + " is " + info.state() + " after " + told.toSeconds() + " s; a "
                + info.tier() + " one needs " + info.tier().coldStart());
    }

    void done(WarehouseInfo info) {
        console.line("warehouse " + info.name() + " (" + info.id() + ") is " + info.state());
    }
}
