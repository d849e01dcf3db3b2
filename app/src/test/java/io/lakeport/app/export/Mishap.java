package io.lakeport.app.export;

import java.util.function.Consumer;

/**
 * Something that goes wrong in a world.
 *
 * @param name its kind, by which it is counted
 * @param detail when and how often, for a person
 * @param plan plans it
 */
record Mishap(String name, String detail, Consumer<ExportWorld> plan) {
    @Override
    public String toString() {
        return name + " (" + detail + ")";
    }
}
