package io.lakeport.app.guard;

import java.time.Duration;

/** Waits; replaced in tests. */
@FunctionalInterface
interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
