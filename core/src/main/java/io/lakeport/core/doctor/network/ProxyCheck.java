package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** Whether the proxy that the JVM is told to use opens a tunnel. */
final class ProxyCheck extends RoadCheck {
    ProxyCheck() {
        super("proxy");
    }

    @Override
    public String tried(Visit visit) {
        return "the proxy that this JVM uses for " + server(visit);
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        Optional<String> proxy = visit.patient().network().proxy(server(visit));
        if (proxy.isEmpty()) {
            return Outcome.passed("none, the road is direct");
        }
        visit.note(ProxyInUse.class, new ProxyInUse(proxy.get()));
        visit.patient().network().tunnel(server(visit), deadline);
        return Outcome.passed(proxy.get() + " opens a tunnel");
    }
}
