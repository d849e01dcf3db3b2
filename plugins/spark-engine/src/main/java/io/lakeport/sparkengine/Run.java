package io.lakeport.sparkengine;

import java.util.UUID;
import org.apache.spark.sql.classic.SparkSession;

/** One execution: the Spark jobs that it starts carry its tag, and a cancel ends them. Thread-safe. */
final class Run {
    private final SparkSession spark;
    private final String tag = "lakeport-" + UUID.randomUUID();
    private volatile boolean cancelled;

    Run(SparkSession spark) {
        this.spark = spark;
    }

    /** Makes the jobs that this thread starts belong to this execution. */
    void begin() {
        check();
        spark.sparkContext().setJobGroup(tag, tag, true);
    }

    void cancel() {
        cancelled = true;
        spark.sparkContext().cancelJobGroup(tag);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Fails when the execution was cancelled. */
    void check() {
        if (cancelled) {
            throw SparkErrors.translate(new IllegalStateException("cancelled"), true);
        }
    }
}
