package io.lakeport.localworkspace.audit;

import io.lakeport.localworkspace.system.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event of the audit log.
 *
 * @param eventId unique id
 * @param at when it happened
 * @param service service, for example {@code databrickssql}
 * @param action what was done, for example {@code createWarehouse}
 * @param user name of who did it, empty when nobody was signed in
 * @param address where the request came from
 * @param userAgent the client's User-Agent
 * @param sessionId session, empty for none
 * @param requestId id of the request
 * @param parameters what the request said, without credentials
 * @param status HTTP status of the answer
 * @param error message of the failure, empty for none
 * @param accountLevel whether it concerns the account and not one workspace
 */
public record AuditEvent(
        String eventId,
        Instant at,
        String service,
        String action,
        Optional<String> user,
        String address,
        String userAgent,
        Optional<String> sessionId,
        String requestId,
        Map<String, String> parameters,
        int status,
        Optional<String> error,
        boolean accountLevel) {
    public AuditEvent {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Returns its row in {@code system.access.audit}. */
    public Row row() {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("status_code", status);
        error.ifPresent(message -> response.put("error_message", message));
        Row row = Row.ofWorkspace()
                .put("version", "2.0")
                .put("event_time", at)
                .put("event_date", LocalDate.ofInstant(at, ZoneOffset.UTC))
                .put("source_ip_address", address)
                .put("user_agent", userAgent)
                .put("session_id", sessionId.orElse(null))
                .put("user_identity", user.map(name -> Map.of("email", name)).orElse(Map.of()))
                .put("service_name", service)
                .put("action_name", action)
                .put("request_id", requestId)
                .put("request_params", parameters)
                .put("response", response)
                .put("audit_level", accountLevel ? "ACCOUNT_LEVEL" : "WORKSPACE_LEVEL")
                .put("event_id", eventId)
                .put(
                        "identity_metadata",
                        user.map(n -> Map.of("run_by", n, "run_as", n)).orElse(Map.of()));
        // Events of the account belong to no workspace, which the table writes as 0.
        return accountLevel ? row.put("workspace_id", "0") : row;
    }
}
