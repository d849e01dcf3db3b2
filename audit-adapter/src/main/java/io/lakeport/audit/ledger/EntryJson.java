package io.lakeport.audit.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.sql.SqlFingerprint;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.WarehouseId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An entry as one line: ids, numbers and times, never SQL text. Fields that a later version adds are ignored. */
final class EntryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EntryJson() {}

    static byte[] line(LedgerEntry entry) {
        ObjectNode node = JSON.createObjectNode()
                .put("tenant", entry.tenant().value())
                .put("purpose", entry.purpose().name())
                .put("fingerprint", entry.fingerprint().value())
                .put("tag", entry.tag());
        entry.statementId().ifPresent(id -> node.put("statement_id", id));
        node.put("warehouse", entry.warehouse().value())
                .put("rows", entry.rows())
                .put("bytes", entry.bytes())
                .put("started_at", entry.startedAt().toString())
                .put("duration", entry.duration().toString())
                .put("outcome", entry.outcome().name());
        entry.error().ifPresent(code -> node.put("error", code));
        // Jackson escapes line breaks inside strings, so an entry is one line.
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the entry of a line, empty when it is none. */
    static Optional<LedgerEntry> parse(byte[] line) {
        try {
            JsonNode node = JSON.readTree(new String(line, StandardCharsets.UTF_8));
            return Optional.of(new LedgerEntry(
                    TenantId.of(text(node, "tenant")),
                    Purpose.valueOf(text(node, "purpose")),
                    new SqlFingerprint(text(node, "fingerprint")),
                    text(node, "tag"),
                    Optional.ofNullable(node.get("statement_id")).map(JsonNode::asText),
                    WarehouseId.of(text(node, "warehouse")),
                    node.path("rows").asLong(),
                    node.path("bytes").asLong(),
                    Instant.parse(text(node, "started_at")),
                    Duration.parse(text(node, "duration")),
                    LedgerEntry.Outcome.valueOf(text(node, "outcome")),
                    Optional.ofNullable(node.get("error")).map(JsonNode::asText)));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("no " + field);
        }
        return value.asText();
    }
}
