package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Whether this machine's clock agrees with the workspace's. */
final class ClockCheck extends RoadCheck {
    private static final Duration WORTH_TELLING = Duration.ofSeconds(60);
    /** Signed links and assertions of all clouds are refused beyond this or somewhat more. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    ClockCheck() {
        super("clock", "api");
    }

    @Override
    public String tried(Visit visit) {
        return "compare this machine's clock with the Date of that answer";
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        Optional<Clocks> clocks = visit.noted(Clocks.class);
        if (clocks.isEmpty()) {
            return Outcome.passed("the answer has no Date to compare with");
        }
        Duration ahead = clocks.get().ahead();
        Duration off = ahead.abs();
        String said = "this machine's clock is " + words(off) + (ahead.isNegative() ? " behind" : " ahead");
        if (off.compareTo(TOLERATED) > 0) {
            return Outcome.failed(NetworkCause.CLOCK_OFF, said);
        }
        if (off.compareTo(WORTH_TELLING) > 0) {
            return Outcome.warned(NetworkCause.CLOCK_DRIFTS, said);
        }
        return Outcome.passed("they agree within a minute");
    }

    private static String words(Duration off) {
        return off.compareTo(Duration.ofMinutes(10)) < 0 ? off.toSeconds() + " s" : off.toMinutes() + " min";
    }
}
