package io.lakeport.app.export;

import java.time.Duration;
import java.util.Random;

/** What happens to the host and to what it depends on while an export runs. */
final class HostFaults {
    private static final int EVENTS = 12;
    private static final int DAY = 24;

    private HostFaults() {}

    static Mishap of(Random random) {
        int event = random.nextInt(EVENTS);
        int hours = 1 + random.nextInt(DAY);
        return switch (random.nextInt(4)) {
            case 0 -> at(event, "clock set ahead", world -> world.clock().set(Duration.ofHours(hours)));
            case 1 -> at(event, "clock set back", world -> world.clock().set(Duration.ofHours(-hours)));
            case 2 -> at(event, "warehouse stopped", world -> world.control().stopWarehouse());
            default ->
                at(event, "service principal inactive", world -> world.control().deactivateForAWhile());
        };
    }

    private static Mishap at(int event, String name, java.util.function.Consumer<ExportWorld> deed) {
        return new Mishap(
                name, "at event " + event, world -> world.moments().at(event, name, () -> deed.accept(world)));
    }
}
