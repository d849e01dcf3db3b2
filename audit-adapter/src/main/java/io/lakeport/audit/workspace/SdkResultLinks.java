package io.lakeport.audit.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.ResultLinks;
import java.util.Optional;

/** One number as an external link (Statement Execution API 2.0); the service needs no more to make one. */
final class SdkResultLinks implements ResultLinks {
    private static final String STATEMENTS = "/api/2.0/sql/statements";

    private final SdkRest rest;

    SdkResultLinks(SdkRest rest) {
        this.rest = rest;
    }

    @Override
    public Optional<Secret> small(WarehouseId warehouse, Deadline deadline) {
        ObjectNode body = SdkRest.object()
                .put("statement", "SELECT 1")
                .put("warehouse_id", warehouse.value())
                .put("disposition", "EXTERNAL_LINKS")
                .put("format", "ARROW_STREAM")
                .put("wait_timeout", "30s")
                .put("on_wait_timeout", "CANCEL");
        JsonNode answer = rest.create(
                "rest.results", "asking for a link to a small result", RestPath.of(STATEMENTS), body, deadline);
        JsonNode status = answer.path("status");
        if (status.path("state").asText().equals("FAILED")) {
            throw new LakeportException(
                    CoreError.STATEMENT_FAILED,
                    "a statement with external links failed: "
                            + status.path("error").path("message").asText());
        }
        return SdkRest.text(answer.path("result").path("external_links").path(0), "external_link")
                .map(Secret::of);
    }
}
