package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.network.WebAnswer;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the storage is reached from which large results are fetched (CloudFetch), without the workspace's token. */
final class ResultsCheck implements Check {
    @Override
    public String name() {
        return "results";
    }

    @Override
    public List<String> needs() {
        return List.of(StatementCheck.NAME);
    }

    @Override
    public String tried(Visit visit) {
        return "SELECT 1 with EXTERNAL_LINKS, and the first bytes of its link without Authorization";
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("integrations/jdbc/capability");
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Optional<Secret> link;
        try {
            link = visit.patient()
                    .controlPlane()
                    .get()
                    .results()
                    .small(visit.tenant().defaultWarehouse(), deadline);
        } catch (LakeportException e) {
            boolean refused = e.is(CoreError.STATEMENT_FAILED) || e.is(CoreError.INVALID_ARGUMENT);
            return Outcome.failed(refused ? WarehouseCause.LINKS_REFUSED : CommonCause.of(e), e);
        }
        if (link.isEmpty()) {
            return Outcome.skipped("the statement gave no link in time");
        }
        return fetched(visit, URI.create(link.get().reveal()), deadline);
    }

    private static Outcome fetched(Visit visit, URI link, Deadline deadline) {
        URI server = URI.create(link.getScheme() + "://" + link.getRawAuthority());
        try {
            WebAnswer answer = visit.patient()
                    .network()
                    .get(link, visit.tenant().userAgent().headerValue(), deadline);
            return judged(answer, link.getAuthority());
        } catch (LakeportException e) {
            if (e.is(CoreError.INTERRUPTED)) {
                throw e;
            }
            return Outcome.failed(
                    WarehouseCause.RESULTS_UNREACHABLE,
                    e,
                    "storage " + link.getAuthority() + ": " + where(visit, server, e, deadline));
        }
    }

    private static Outcome judged(WebAnswer answer, String host) {
        if (answer.status() >= 200 && answer.status() < 300 && !answer.isPage()) {
            return Outcome.passed("storage " + host + " gives results");
        }
        String said = "storage " + host + " answered HTTP " + answer.status() + " to a fresh link"
                + (answer.isPage() ? ", with a web page" : "");
        return Outcome.failed(WarehouseCause.RESULTS_REFUSED, said);
    }

    /** Goes the road step by step, to say which one fails; a message with the link in it is not told. */
    private static String where(Visit visit, URI server, LakeportException failure, Deadline deadline) {
        try {
            visit.patient().network().connect(server, deadline);
            if ("https".equals(server.getScheme())) {
                visit.patient().network().handshake(server, deadline);
            }
            return "it can be connected to, and ends the connection when a result is asked for";
        } catch (LakeportException e) {
            return Stream.of(NetworkError.values()).anyMatch(e::is)
                    ? e.getMessage()
                    : failure.code().name();
        }
    }
}
