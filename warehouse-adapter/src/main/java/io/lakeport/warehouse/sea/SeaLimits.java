package io.lakeport.warehouse.sea;

import io.lakeport.warehouse.result.DownloadLimits;
import java.time.Duration;

/**
 * Bounds of one warehouse's statements.
 *
 * @param downloads of reading results
 * @param firstPoll wait before the first poll; each wait is half as long again as the one before
 * @param slowestPoll longest wait between polls
 * @param ending how long may be spent on ending a statement whose caller has gone
 * @param lookup how long a statement with a lost answer is looked for
 */
record SeaLimits(DownloadLimits downloads, Duration firstPoll, Duration slowestPoll, Duration ending, Duration lookup) {
    static SeaLimits usual(long budget, Duration lookup) {
        return new SeaLimits(
                DownloadLimits.usual(budget, Runtime.getRuntime().maxMemory()),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                lookup);
    }
}
