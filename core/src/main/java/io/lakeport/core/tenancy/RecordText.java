package io.lakeport.core.tenancy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.StateError;
import io.lakeport.core.tenant.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record as text: a field on each line, an empty line, and the settings. */
final class RecordText {
    private static final String REMOVED = "removed";
    private static final String PROVED = "proved";

    private RecordText() {}

    static String write(TenantRecord record) {
        StringBuilder text = new StringBuilder();
        line(text, "state", record.state().name());
        line(text, "version", Long.toString(record.version()));
        line(text, "created", record.created().toString());
        line(text, "changed", record.changed().toString());
        line(text, "reason", record.reason());
        record.removed().forEach(part -> line(text, REMOVED, part.line()));
        record.proof().ifPresent(proof -> {
            line(text, "finished", proof.finished().toString());
            line(text, "digest", proof.digest());
            proof.signature().ifPresent(signature -> line(text, "signature", signature));
            proof.parts().forEach(part -> line(text, PROVED, part.line()));
        });
        record.settings().ifPresent(settings -> text.append('\n').append(settings));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('\t').append(value).append('\n');
    }

    static TenantRecord read(Document document) {
        TenantId id = TenantId.of(document.key().key());
        try {
            return read(id, document);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LakeportException(
                    StateError.STATE_DAMAGED,
                    "what is remembered of tenant '" + id + "' cannot be read: " + e.getMessage()
                            + "; restore the state store from a backup",
                    e);
        }
    }

    private static TenantRecord read(TenantId id, Document document) {
        String text = document.text();
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end + 1);
        Map<String, String> fields = new LinkedHashMap<>();
        List<RemovedPart> removed = new ArrayList<>();
        List<RemovedPart> proved = new ArrayList<>();
        head.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            String name = line.substring(0, Math.max(tab, 0));
            String value = line.substring(tab + 1);
            switch (name) {
                case REMOVED -> removed.add(RemovedPart.parse(value));
                case PROVED -> proved.add(RemovedPart.parse(value));
                default -> fields.put(name, value);
            }
        });
        return new TenantRecord(
                id,
                TenantState.valueOf(required(fields, "state")),
                end < 0 ? Optional.empty() : Optional.of(text.substring(end + 2)),
                Long.parseLong(required(fields, "version")),
                Instant.parse(required(fields, "created")),
                Instant.parse(required(fields, "changed")),
                required(fields, "reason"),
                removed,
                proof(id, fields, proved),
                document.revision());
    }

    private static Optional<DeletionProof> proof(TenantId id, Map<String, String> fields, List<RemovedPart> parts) {
        return fields.containsKey("digest")
                ? Optional.of(new DeletionProof(
                        id,
                        Instant.parse(required(fields, "finished")),
                        parts,
                        required(fields, "digest"),
                        Optional.ofNullable(fields.get("signature"))))
                : Optional.empty();
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no '" + name + "'");
        }
        return value;
    }
}
