package io.lakeport.core.warehouse;

import java.time.Duration;

/**
 * What kind of compute serves a warehouse. The API knows two types and a flag: a serverless warehouse is a PRO one with
 * {@code enable_serverless_compute} (Warehouses API, Create a warehouse).
 */
public enum WarehouseTier {
    SERVERLESS(Duration.ofMinutes(1), "seconds"),
    PRO(Duration.ofMinutes(10), "about four minutes"),
    CLASSIC(Duration.ofMinutes(10), "about four minutes"),
    /** The workspace names a type that this version does not know. */
    UNKNOWN(Duration.ofMinutes(10), "some minutes");

    private final Duration shortestAutoStop;
    private final String coldStart;

    WarehouseTier(Duration shortestAutoStop, String coldStart) {
        this.shortestAutoStop = shortestAutoStop;
        this.coldStart = coldStart;
    }

    /** Returns the shortest idle time after which such a warehouse can be told to stop. */
    public Duration shortestAutoStop() {
        return shortestAutoStop;
    }

    /** Returns how long a start from nothing usually takes, in words, for messages to people. */
    public String coldStart() {
        return coldStart;
    }
}
