package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.TenantClient;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.ReconciliationReport;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
            "  lakeport ledger -c acme.json --compare rest",
            "",
            "The configuration must name a directory (ledger.directory) for entries to outlive a process.",
        })
final class LedgerCommand implements Callable<Integer> {
    private static final Duration COMPARE_TIMEOUT = Duration.ofMinutes(5);

    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "${DEFAULT-VALUE} if not given.")
    private int limit = 50;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--compare",
            paramLabel = "SOURCE",
            description = "Set each entry beside what the workspace recorded: rest (query history API) or"
                    + " system-tables.")
    private @Nullable String compare;

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
            TenantClient tenant = lakeport.tenant(connection.tenant(config));
            if (compare != null) {
                return compared(tenant.reconcile(compare, limit, lag(compare), COMPARE_TIMEOUT));
            }
            List<LedgerEntry> entries = tenant.ledger(limit);
            if (json) {
                entries.forEach(entry -> console.line(JsonText.line(members(entry))));
            } else {
                print(entries);
            }
        }
        return console.finish();
    }

    /** The query history API knows a statement within seconds, system tables within hours. */
    private static Duration lag(String source) {
        return source.equals("rest") ? Duration.ofMinutes(2) : Duration.ofHours(12);
    }

    private int compared(ReconciliationReport report) {
        TextTable table = new TextTable("STARTED", "STATEMENT", "LEDGER", "WORKSPACE", "VERDICT");
        report.entries()
                .forEach(entry -> table.row(
                        entry.entry()
                                .startedAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                        entry.entry().statementId().orElse("-"),
                        lower(entry.entry().outcome()),
                        entry.history().map(HistoryEntry::status).orElse("-"),
                        lower(entry.verdict())
                                + entry.differences().stream()
                                        .map(text -> "; " + text)
                                        .collect(Collectors.joining())));
        table.print(console);
        console.note((report.agrees() ? "The ledger and " : "The ledger does NOT agree with ")
                + report.origin()
                + (report.agrees() ? " agree." : "."));
        int code = console.finish();
        return report.agrees() ? code : ExitCode.CONFLICT;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void print(List<LedgerEntry> entries) {
        TextTable table = new TextTable("STARTED", "PURPOSE", "OUTCOME", "ROWS", "BYTES", "TOOK", "STATEMENT", "SQL");
        entries.forEach(entry -> table.row(
                entry.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                entry.purpose().tag(),
                lower(entry.outcome())
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
        json.put("outcome", lower(entry.outcome()));
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
