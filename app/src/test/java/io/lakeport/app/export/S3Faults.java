package io.lakeport.app.export;

import io.lakeport.testkit.network.FaultyRoad;
import io.lakeport.testkit.network.S3Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Faults between an export and the S3 server that it writes to. */
final class S3Faults {
    private static final String ANY = "";
    private static final String READ = "^(GET|HEAD) ";
    private static final String WRITE = "^(PUT|POST) ";
    private static final String DELETE = "^DELETE ";
    private static final String PART = "^PUT .*partNumber=";
    private static final String COMPLETE = "^POST .*uploadId=";
    private static final String MANIFEST = "^PUT .*_lakeport/manifests/";
    private static final String RECORD = "^PUT .*_lakeport/runs/";

    private S3Faults() {}

    static Mishap of(Random random) {
        int after = random.nextInt(25);
        int times = 1 + random.nextInt(3);
        int bytes = 1 + random.nextInt(3_000);
        return switch (random.nextInt(14)) {
            case 0 -> fault("s3 reset", ANY, after, times, FaultyRoad.reset());
            case 1 -> fault("s3 answer cut", READ, after, times, FaultyRoad.cutAfter(bytes));
            case 2 -> fault("s3 write cut", WRITE, after, times, FaultyRoad.cutRequestAfter(bytes));
            case 3 -> fault("s3 slow", ANY, after, times, FaultyRoad.slowly(Duration.ofMillis(50)));
            case 4 -> fault("s3 503 SlowDown", ANY, after, times, S3Answers.slowDown());
            case 5 -> fault("s3 503 SlowDown Retry-After", ANY, after, times, S3Answers.slowDown(0));
            case 6 -> fault("s3 429", ANY, after, times, S3Answers.tooManyRequests());
            case 7 -> fault("s3 500", ANY, after, times, S3Answers.internalError());
            case 8 -> fault("s3 write answer lost", WRITE, after, times, FaultyRoad.losingTheAnswer());
            case 9 -> fault("s3 delete answer lost", DELETE, after, times, FaultyRoad.losingTheAnswer());
            case 10 -> fault("s3 manifest answer lost", MANIFEST, 0, 1, FaultyRoad.losingTheAnswer());
            case 11 -> fault("s3 record answer lost", RECORD, after / 3, times, FaultyRoad.losingTheAnswer());
            default -> {
                int hours = random.nextInt(49) - 24;
                Instant theirs = Instant.now().plus(Duration.ofHours(hours == 0 ? 1 : hours));
                yield fault("s3 403 RequestTimeTooSkewed", ANY, after, 1, S3Answers.requestTimeTooSkewed(theirs));
            }
        };
    }

    /** Faults of an object that is sent in parts. */
    static Mishap ofParts(Random random) {
        int after = random.nextInt(2);
        int times = 1 + random.nextInt(2);
        int bytes = 1 + random.nextInt(2_000_000);
        return switch (random.nextInt(6)) {
            case 0 -> fault("s3 part answer lost", PART, after, times, FaultyRoad.losingTheAnswer());
            case 1 -> fault("s3 part cut", PART, after, times, FaultyRoad.cutRequestAfter(bytes));
            case 2 -> fault("s3 part 503 SlowDown", PART, after, times, S3Answers.slowDown());
            case 3 -> fault("s3 begin answer lost", "^POST .*[?&]uploads", 0, 1, FaultyRoad.losingTheAnswer());
            case 4 -> fault("s3 complete 500", COMPLETE, 0, times, S3Answers.internalError());
            default -> fault("s3 complete answer lost", COMPLETE, 0, times, FaultyRoad.losingTheAnswer());
        };
    }

    private static Mishap fault(String name, String firstLine, int after, int times, FaultyRoad.Fault fault) {
        return new Mishap(
                name,
                "after " + after + ", " + times + " times",
                world -> world.s3().road().plan(name, firstLine, after, times, fault));
    }
}
