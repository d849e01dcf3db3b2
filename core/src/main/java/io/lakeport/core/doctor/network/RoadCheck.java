package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** One step of the road; what it meets is a {@link NetworkError}. */
abstract class RoadCheck implements Check {
    private final String name;
    private final List<String> needs;

    RoadCheck(String name, String... needs) {
        this.name = name;
        this.needs = List.of(needs);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> needs() {
        return needs;
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("resources/ip-domain-region");
    }

    @Override
    public final Outcome examine(Visit visit, Deadline deadline) {
        try {
            return look(visit, deadline);
        } catch (LakeportException e) {
            return Stream.of(NetworkError.values())
                    .filter(e::is)
                    .findFirst()
                    .map(known -> Outcome.failed(NetworkCause.of(known), e))
                    .orElseGet(() -> Outcome.failed(CommonCause.of(e), e));
        }
    }

    abstract Outcome look(Visit visit, Deadline deadline);

    static URI server(Visit visit) {
        return visit.tenant().host().uri();
    }

    static boolean isTls(Visit visit) {
        return "https".equals(server(visit).getScheme());
    }
}
