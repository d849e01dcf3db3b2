package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.identity.IdentityCause;
import io.lakeport.core.network.WebAnswer;
import io.lakeport.core.time.Deadline;
import java.time.Instant;

/** Whether what answers is a workspace: its discovery document is public and needs no credential. */
final class ApiCheck extends RoadCheck {
    private static final String DISCOVERY = "/oidc/.well-known/oauth-authorization-server";

    ApiCheck() {
        super("api", "tls");
    }

    @Override
    public String tried(Visit visit) {
        return "GET " + visit.tenant().host().resolve(DISCOVERY) + " without a credential";
    }

    @Override
    Outcome look(Visit visit, Deadline deadline) {
        Instant before = visit.patient().clock().instant();
        WebAnswer answer = visit.patient()
                .network()
                .get(
                        visit.tenant().host().resolve(DISCOVERY),
                        visit.tenant().userAgent().headerValue(),
                        deadline);
        Instant after = visit.patient().clock().instant();
        answer.date().ifPresent(theirs -> visit.note(Clocks.class, new Clocks(before, theirs, after)));
        return judged(answer);
    }

    private static Outcome judged(WebAnswer answer) {
        String got = "HTTP " + answer.status()
                + (answer.contentType().isEmpty() ? "" : " " + answer.contentType())
                + (answer.server().isEmpty() ? "" : ", server '" + answer.server() + "'");
        if (answer.status() == 200 && answer.body().contains("\"token_endpoint\"")) {
            return Outcome.passed("a workspace answers");
        }
        return answer.status() == 407 ? Outcome.failed(NetworkCause.PROXY_WANTS_SIGN_IN, got) : refused(answer, got);
    }

    private static Outcome refused(WebAnswer answer, String got) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return Outcome.failed(
                    NetworkCause.REDIRECTED,
                    got + answer.location().map(to -> ", leads to " + to).orElse(""));
        }
        if (answer.status() == 429) {
            return Outcome.failed(CommonCause.RATE_LIMITED, got);
        }
        if (answer.body().contains("IP ACL") || answer.body().contains("IP access list")) {
            return Outcome.failed(IdentityCause.ADDRESS_DENIED, got);
        }
        if (answer.status() >= 500) {
            return Outcome.failed(CommonCause.WORKSPACE_UNAVAILABLE, got);
        }
        return answer.isPage()
                ? Outcome.failed(NetworkCause.WEB_PAGE_INSTEAD_OF_API, got)
                : Outcome.failed(NetworkCause.NOT_A_WORKSPACE, got);
    }
}
