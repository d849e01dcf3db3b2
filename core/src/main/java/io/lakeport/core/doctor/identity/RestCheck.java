package io.lakeport.core.doctor.identity;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.network.NetworkCause;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.util.List;

/** Whether the workspace's REST API opens. */
final class RestCheck implements Check {
    static final String NAME = "rest";
    private static final String ROOT = "/";
    private static final String DIRECTORY = "DIRECTORY";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(SignInCheck.NAME);
    }

    @Override
    public String tried(Visit visit) {
        return "GET " + visit.tenant().host() + "/api/2.0/workspace/get-status?path=/";
    }

    @Override
    public String reference(Visit visit) {
        return Docs.api();
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        try {
            String type = visit.patient().controlPlane().get().objectType(ROOT, deadline);
            return DIRECTORY.equals(type)
                    ? Outcome.passed(DIRECTORY)
                    : Outcome.failed(
                            NetworkCause.NOT_A_WORKSPACE,
                            "the root of the workspace is a '" + type + "', expected a DIRECTORY");
        } catch (LakeportException e) {
            if (e.is(CoreError.ACCESS_DENIED)) {
                return Outcome.failed(
                        e.getMessage().contains("entitlement")
                                ? IdentityCause.WORKSPACE_ACCESS_MISSING
                                : IdentityCause.RIGHT_MISSING,
                        e);
            }
            return e.is(CoreError.NOT_A_DATABRICKS_HOST) || e.is(CoreError.OBJECT_NOT_FOUND)
                    ? Outcome.failed(NetworkCause.NOT_A_WORKSPACE, e)
                    : e.is(CoreError.TOKEN_REJECTED) ? SignInFailures.of(e) : Outcome.failed(CommonCause.of(e), e);
        }
    }
}
