package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.statement.StatementFault;
import io.lakeport.localworkspace.statement.StatementFault.Kind;
import io.lakeport.localworkspace.statement.StatementFaults;
import io.lakeport.localworkspace.thrift.ThriftFaults;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells statements, sessions, links and Thrift calls what is planned for them. Thread-safe. */
public final class PlannedFaults implements StatementFaults, ThriftFaults {
    private final Faults faults;

    /** Creates the view of a registry. */
    public PlannedFaults(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<StatementFault> onExecute(String sql, Principal principal, String userAgent) {
        return faults.first(FaultScope.STATEMENT, FaultTarget.of("", userAgent, sql, principal), "statement")
                .map(PlannedFaults::planned);
    }

    private static StatementFault planned(Fault fault) {
        FaultEffect effect = fault.effect();
        String id = fault.id();
        if (effect instanceof FaultEffect.Fail fail) {
            return StatementFault.failing(id, fail.errorCode(), fail.sqlState(), fail.message());
        } else if (effect instanceof FaultEffect.KeepRunning keep) {
            return StatementFault.of(id, Kind.KEEP_RUNNING, keep.duration());
        } else if (effect instanceof FaultEffect.ColdStart cold) {
            return StatementFault.of(id, Kind.COLD_START, cold.duration());
        } else if (effect instanceof FaultEffect.CloseStatement) {
            return StatementFault.of(id, Kind.CLOSE, Duration.ZERO);
        }
        return StatementFault.of(id, effect instanceof FaultEffect.Hang ? Kind.HANG : Kind.LOSE_RESULT, Duration.ZERO);
    }

    @Override
    public boolean expiresSession(Principal principal) {
        return faults.first(FaultScope.SESSION, FaultTarget.of("", "", "", principal), "session")
                .isPresent();
    }

    @Override
    public Optional<LinkLife> onLink(String sql, Principal principal) {
        return faults.first(FaultScope.LINK, FaultTarget.of("", "", sql, principal), "link")
                .map(fault -> (FaultEffect.ExpireLinks) fault.effect())
                .map(effect -> new LinkLife(effect.lifetime(), effect.announced()));
    }

    @Override
    public Optional<Failure> onCall(String method, String sql, Principal principal, String userAgent) {
        return faults.first(FaultScope.THRIFT, FaultTarget.of(method, userAgent, sql, principal), method)
                .map(PlannedFaults::failure);
    }

    private static Failure failure(Fault fault) {
        if (fault.effect() instanceof FaultEffect.ThriftException exception) {
            return new Failure(fault.id(), OptionalInt.of(exception.type()), 0, "", exception.message());
        }
        FaultEffect.ThriftAnswer answer = (FaultEffect.ThriftAnswer) fault.effect();
        return new Failure(fault.id(), OptionalInt.empty(), answer.statusCode(), answer.sqlState(), answer.message());
    }
}
