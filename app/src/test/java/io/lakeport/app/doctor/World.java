package io.lakeport.app.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * A world in which one thing is broken.
 *
 * @param name what is broken, unique
 * @param cause name of the cause that must come first; empty for a world in which nothing is wrong
 * @param fixable whether the printed fix runs as it stands, and makes the world whole
 * @param breaks breaks it
 */
record World(String name, String cause, boolean fixable, Breakage breaks) {
    /** What breaks a scene. */
    interface Breakage {
        void on(Scene scene) throws Exception;
    }

    /** Collects worlds. */
    static final class Atlas {
        private final List<World> worlds = new ArrayList<>();

        /** Adds one that a person has to mend. */
        Atlas broken(String name, String cause, Breakage breaks) {
            worlds.add(new World(name, cause, false, breaks));
            return this;
        }

        /** Adds one that the printed fix mends. */
        Atlas fixable(String name, String cause, Breakage breaks) {
            worlds.add(new World(name, cause, true, breaks));
            return this;
        }

        /** Adds one in which nothing fails; {@code warning} is the cause of its only warning, or empty. */
        Atlas healthy(String name, String warning, Breakage breaks) {
            worlds.add(new World(name, warning.isEmpty() ? "" : "warning " + warning, false, breaks));
            return this;
        }

        List<World> worlds() {
            return List.copyOf(worlds);
        }
    }

    /** Its name, which is that of the test. */
    @Override
    public String toString() {
        return name;
    }

    boolean isBroken() {
        return !cause.isEmpty() && !cause.startsWith("warning ");
    }
}
