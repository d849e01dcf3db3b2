package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.time.Duration;

/** Whether a TCP connection opens. */
final class ConnectCheck extends RoadCheck {
    /** A firewall that drops is waited for in vain; a workspace answers within a second from anywhere. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    ConnectCheck() {
        super("connect", "dns");
    }

    @Override
    public String tried(Visit visit) {
        return "open a TCP connection to " + server(visit).getAuthority();
    }

    @Override
    public Duration longest() {
        return LONGEST;
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        if (visit.noted(ProxyInUse.class).isPresent()) {
            return Outcome.passed("left to the proxy");
        }
        visit.patient().network().connect(server(visit), deadline);
        return Outcome.passed("connected");
    }
}
