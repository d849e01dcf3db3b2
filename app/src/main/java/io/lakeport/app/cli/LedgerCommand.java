package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.audit.LedgerEntry;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what Lakeport ran. */
@Command(
        name = "ledger",
        description = "Show the statements that Lakeport ran for a tenant, newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport ledger -c acme.json --limit 20",
            "  lakeport ledger -c acme.json --json | jq .rows",
            "",
            "The configuration must name a directory (ledger.directory) for entries to outlive a process.",
        })
final class LedgerCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "${DEFAULT-VALUE} if not given.")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    LedgerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be at least 1");
        }
        LakeportConfig config = connection.config(console);
        if (config.ledger().directory().isEmpty()) {
            console.warning("the configuration names no ledger.directory, so nothing is kept between two processes");
        }
        try (Lakeport lakeport = connection.start(config)) {
            List<LedgerEntry> entries =
                    lakeport.tenant(connection.tenant(config)).ledger(limit);
            if (json) {
                entries.forEach(entry -> console.line(JsonText.line(members(entry))));
            } else {
                print(entries);
            }
        }
        return console.finish();
    }

    private void print(List<LedgerEntry> entries) {
        TextTable table = new TextTable("STARTED", "PURPOSE", "OUTCOME", "ROWS", "BYTES", "TOOK", "STATEMENT", "SQL");
        entries.forEach(entry -> table.row(
                entry.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                entry.purpose().tag(),
                entry.outcome().name().toLowerCase(Locale.ROOT)
                        + entry.error().map(code -> " (" + code + ")").orElse(""),
                String.format(Locale.ROOT, "%,d", entry.rows()),
                String.format(Locale.ROOT, "%,d", entry.bytes()),
                entry.duration().toMillis() + " ms",
                entry.statementId().orElse("-"),
                entry.fingerprint().value()));
        table.print(console);
        console.note(entries.size() + " statement(s)");
    }

    private static Map<String, Object> members(LedgerEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", entry.tenant());
        json.put("started_at", entry.startedAt());
        json.put("purpose", entry.purpose().tag());
        json.put("outcome", entry.outcome().name().toLowerCase(Locale.ROOT));
        entry.error().ifPresent(code -> json.put("error", code));
        json.put("rows", entry.rows());
        json.put("bytes", entry.bytes());
        json.put("duration_ms", entry.duration().toMillis());
        entry.statementId().ifPresent(id -> json.put("statement_id", id));
        json.put("warehouse_id", entry.warehouse());
        json.put("query_tag", entry.tag());
        json.put("sql_fingerprint", entry.fingerprint());
        return json;
    }
}
