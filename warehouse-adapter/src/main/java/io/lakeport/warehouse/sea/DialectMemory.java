package io.lakeport.warehouse.sea;

/** What one warehouse was found to understand. Thread-safe. */
final class DialectMemory {
    private volatile Dialect now;

    DialectMemory() {
        this(Dialect.FULL);
    }

    DialectMemory(Dialect first) {
        this.now = first;
    }

    Dialect get() {
        return now;
    }

    /** Remembers less, unless another statement has learned something meanwhile. */
    synchronized void learn(Dialect from, Dialect less) {
        if (now.equals(from)) {
            now = less;
        }
    }
}
