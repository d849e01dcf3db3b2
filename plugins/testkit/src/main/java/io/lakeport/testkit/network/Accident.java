package io.lakeport.testkit.network;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A fault that waits for the requests that it is meant for. Thread-safe. */
final class Accident {
    private final String name;
    private final Pattern request;
    private final int after;
    private final int times;
    private final FaultyRoad.Fault fault;
    private final AtomicInteger matched = new AtomicInteger();

    Accident(String name, Pattern request, int after, int times, FaultyRoad.Fault fault) {
        if (after < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "accident '" + name + "' after " + after + " requests, " + times + " times: none would happen");
        }
        this.name = name;
        this.request = request;
        this.after = after;
        this.times = times;
        this.fault = fault;
    }

    String name() {
        return name;
    }

    FaultyRoad.Fault fault() {
        return fault;
    }

    /** Returns whether it happens to a request with this first line; counts the request when it is meant for it. */
    boolean takes(String firstLine) {
        if (!request.matcher(firstLine).find()) {
            return false;
        }
        int number = matched.incrementAndGet();
        return number > after && number <= after + times;
    }

    /** Returns whether it cannot happen any more. */
    boolean isOver() {
        return matched.get() >= after + times;
    }
}
