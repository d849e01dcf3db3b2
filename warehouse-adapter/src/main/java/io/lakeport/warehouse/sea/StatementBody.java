package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.WarehouseContext;
import io.lakeport.core.sql.SqlParameter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Writes the body of {@code POST /api/2.0/sql/statements}. */
final class StatementBody {
    /** Key of the tag by which a statement is found again when its answer was lost. */
    static final String TAG = "lakeport_tag";

    private static final String TENANT = "lakeport_tenant";
    private static final String PURPOSE = "lakeport_purpose";
    private static final int LONGEST_TAG = 128;
    private static final Duration LONG_WAIT = Duration.ofSeconds(15);
    private static final Duration SHORT_WAIT = Duration.ofSeconds(8);

    private StatementBody() {}

    static byte[] write(ObjectNode body, StatementRequest request, WarehouseContext context, Dialect dialect) {
        body.put("statement", request.sql());
        body.put("warehouse_id", context.warehouse().value());
        or(request.catalog(), context.tenant().catalog()).ifPresent(name -> body.put("catalog", name));
        or(request.schema(), context.tenant().schema()).ifPresent(name -> body.put("schema", name));
        body.put("disposition", dialect.disposition().name());
        // The service refuses Arrow inside an answer of the disposition INLINE.
        boolean isInline = dialect.disposition() == Dialect.Disposition.INLINE;
        body.put("format", isInline ? "JSON_ARRAY" : "ARROW_STREAM");
        if (dialect.compression() && !isInline) {
            body.put("result_compression", "LZ4_FRAME");
        }
        body.put("wait_timeout", wait(request));
        body.put("on_wait_timeout", "CONTINUE");
        request.rowLimit().ifPresent(rows -> body.put("row_limit", rows));
        parameters(body, request);
        if (dialect.tags()) {
            tags(body.putArray("query_tags"), request, context);
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> or(Optional<String> own, Optional<String> tenants) {
        return own.isPresent() ? own : tenants;
    }

    /** The API accepts 0 s or 5 to 50 s. The shorter the deadline, the sooner the id must be known to cancel by. */
    private static String wait(StatementRequest request) {
        Duration left = request.deadline().remaining();
        return left.compareTo(LONG_WAIT) >= 0 ? "10s" : left.compareTo(SHORT_WAIT) >= 0 ? "5s" : "0s";
    }

    private static void parameters(ObjectNode body, StatementRequest request) {
        if (request.parameters().isEmpty()) {
            return;
        }
        ArrayNode all = body.putArray("parameters");
        for (SqlParameter parameter : request.parameters()) {
            ObjectNode one = all.addObject();
            one.put("name", parameter.name());
            one.put("type", parameter.type());
            // A value that is left out is NULL.
            parameter.value().ifPresent(value -> one.put("value", value));
        }
    }

    private static void tags(ArrayNode tags, StatementRequest request, WarehouseContext context) {
        tag(tags, TAG, request.tag());
        tag(tags, TENANT, context.tenant().id().value());
        tag(tags, PURPOSE, request.purpose().tag());
    }

    private static void tag(ArrayNode tags, String key, String value) {
        String cut = value.length() <= LONGEST_TAG ? value : value.substring(0, LONGEST_TAG);
        tags.addObject().put("key", key).put("value", cut);
    }
}
