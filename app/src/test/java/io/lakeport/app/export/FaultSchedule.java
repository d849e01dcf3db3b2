package io.lakeport.app.export;

import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What one seed stands for: an export, and what goes wrong meanwhile. Each mishap ends by itself after a few times.
 *
 * @param seed the seed
 * @param place where the export goes
 * @param shape what is exported
 * @param mishaps what goes wrong
 */
record FaultSchedule(long seed, Place place, Shape shape, List<Mishap> mishaps) {
    /** Where an export goes. */
    enum Place {
        FILE,
        VOLUME,
        S3
    }

    /** What is exported. */
    enum Shape {
        CREATE,
        OVERWRITE,
        PARTITIONED,
        /** Few large files, which object stores take in parts. */
        BULK
    }

    FaultSchedule {
        mishaps = List.copyOf(mishaps);
    }

    static FaultSchedule of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        Place place = Place.values()[(int) (seed % 3)];
        Shape shape = Shape.values()[(int) (seed / 3 % 4)];
        List<Mishap> mishaps = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            mishaps.add(mishap(random, place, shape));
        }
        return new FaultSchedule(seed, place, shape, mishaps);
    }

    private static Mishap mishap(Random random, Place place, Shape shape) {
        if (random.nextInt(8) == 0) {
            return HostFaults.of(random);
        }
        boolean ofStore = place != Place.FILE && random.nextInt(3) > 0;
        if (!ofStore) {
            return random.nextInt(5) < 2 ? ServiceFaults.ofStatements(random) : ServiceFaults.ofResults(random);
        }
        if (place == Place.VOLUME) {
            return ServiceFaults.ofFiles(random);
        }
        return shape == Shape.BULK && random.nextBoolean() ? S3Faults.ofParts(random) : S3Faults.of(random);
    }

    boolean isBulk() {
        return shape == Shape.BULK;
    }

    URI target(ExportWorld world) {
        URI root = switch (place) {
            case FILE -> world.files();
            case VOLUME -> world.volume();
            case S3 -> world.s3().root();
        };
        return root.resolve("seed-" + seed + "/");
    }

    ExportRequest request(ExportWorld world) {
        ExportRequest.Builder request =
                ExportRequest.builder(isBulk() ? ExportWorld.wideOrders() : ExportWorld.orders(), target(world));
        return switch (shape) {
            case OVERWRITE -> request.mode(ExportMode.OVERWRITE).build();
            case PARTITIONED -> request.partitionBy(List.of("part")).build();
            default -> request.build();
        };
    }

    @Override
    public String toString() {
        return "seed " + seed + " (" + shape.name().toLowerCase(Locale.ROOT) + " to "
                + place.name().toLowerCase(Locale.ROOT) + "): " + mishaps;
    }
}
