package io.lakeport.app.export.mortal;

import java.util.function.Supplier;

/** Counts changes of targets, and halts the process at the one that a system property names. */
final class Death {
    private static final int KILLED = 137;

    private final int change = Integer.getInteger("lakeport.test.dies.at", Integer.MAX_VALUE);
    private final boolean before = Boolean.getBoolean("lakeport.test.dies.before");
    private int changes;

    /** One change at a time, so that exactly those before it reached the target. */
    synchronized <T> T change(String what, Supplier<T> effect) {
        changes++;
        if (changes == change && before) {
            Runtime.getRuntime().halt(KILLED);
        }
        T result = effect.get();
        System.out.println("change " + changes + " " + what);
        if (changes == change) {
            System.out.flush();
            Runtime.getRuntime().halt(KILLED);
        }
        return result;
    }
}
