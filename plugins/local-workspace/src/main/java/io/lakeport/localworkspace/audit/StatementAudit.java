package io.lakeport.localworkspace.audit;

import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementListener;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records statements as the service's verbose audit log does: one event when they come, one when they end. */
public final class StatementAudit implements StatementListener {
    private static final String SERVICE = "databrickssql";
    private static final int BAD_REQUEST = 400;
    private static final int OK = 200;

    private final AuditLog log;

    /** Creates it for a log. */
    public StatementAudit(AuditLog log) {
        this.log = log;
    }

    @Override
    public void changed(QueryRecord record) {
        if (record.endedAt().isPresent()) {
            Instant end = record.endedAt().get();
            add(record, SERVICE, "commandFinish", end, parameters(record, false));
            if (record.sql().strip().toUpperCase(Locale.ROOT).matches("(?s)(GRANT|REVOKE)\\s.*")) {
                add(record, "unityCatalog", "updatePermissions", end, Map.of("changes", record.sql()));
            }
        } else if (record.executedAt().isEmpty()) {
            add(record, SERVICE, "commandSubmit", record.startedAt(), parameters(record, true));
        }
    }

    private static Map<String, String> parameters(QueryRecord record, boolean withText) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("warehouseId", record.warehouseId());
        parameters.put("commandId", record.statementId());
        if (withText) {
            parameters.put("commandText", record.sql());
        } else {
            parameters.put("executionStatus", record.status());
        }
        record.queryTags().forEach((key, value) -> parameters.put("queryTags." + key, value));
        return parameters;
    }

    private void add(QueryRecord record, String service, String action, Instant at, Map<String, String> parameters) {
        boolean failed = record.error().isPresent();
        log.add(new AuditEvent(
                UUID.randomUUID().toString(),
                at,
                service,
                action,
                Optional.of(record.user()),
                record.origin().remoteAddress(),
                record.origin().userAgent(),
                record.sessionId(),
                record.origin().requestId(),
                parameters,
                failed ? BAD_REQUEST : OK,
                record.error(),
                false));
    }
}
