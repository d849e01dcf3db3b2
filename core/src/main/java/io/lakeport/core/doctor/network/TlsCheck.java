package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.network.TlsFacts;
import io.lakeport.core.time.Deadline;

/** Whether server and JVM agree on TLS 1.2 or newer, and the certificate is good. */
final class TlsCheck extends RoadCheck {
    TlsCheck() {
        super("tls", "connect");
    }

    @Override
    public String tried(Visit visit) {
        return "agree on TLS 1.2 or newer and a certificate for "
                + server(visit).getHost();
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        if (!isTls(visit)) {
            return Outcome.passed("plain HTTP, which is accepted for this machine alone");
        }
        TlsFacts facts = visit.patient().network().handshake(server(visit), deadline);
        return Outcome.passed(facts.protocol() + ", certificate of " + facts.subject() + " by " + facts.issuer()
                + " until " + facts.notAfter());
    }
}
