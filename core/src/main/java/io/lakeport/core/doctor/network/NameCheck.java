package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/** Whether DNS knows the workspace. */
final class NameCheck extends RoadCheck {
    NameCheck() {
        super("dns", "proxy");
    }

    @Override
    public String tried(Visit visit) {
        return "look up " + server(visit).getHost();
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        Optional<ProxyInUse> proxy = visit.noted(ProxyInUse.class);
        if (proxy.isPresent()) {
            return Outcome.passed("left to the proxy " + proxy.get().address());
        }
        List<String> addresses = visit.patient().network().resolve(server(visit).getHost(), deadline);
        return Outcome.passed(String.join(", ", addresses));
    }
}
