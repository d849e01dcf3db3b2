package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.app.config.SourceSettings;
import io.lakeport.core.export.advice.AdviceFinding;
import io.lakeport.core.export.advice.WatermarkAdvice;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says how a table is best exported in increments. */
@Command(
        name = "advise",
        description = {
            "Say what an incremental export along a column would lose or double, and how to mend it.",
            "Reads the column, the table's history and what the newest commits wrote; changes nothing.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export advise -c acme.json main.default.orders",
            "  lakeport export advise -c acme.json main.default.orders created_at",
        })
final class ExportAdviseCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TABLE",
            description = "Table or view; that of the configuration if not given.")
    private @Nullable String table;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "COLUMN",
            description = "Column to look at; the one that fits best if not given.")
    private @Nullable String column;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30m",
            description = "For all statements; ${DEFAULT-VALUE} if not given.")
    private String timeout = "30m";

    @Option(names = "--json", description = "Print the advice as one JSON object.")
    private boolean json;

    ExportAdviseCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        ConnectionOptions options = connection.or(parent.connection());
        LakeportConfig config = options.config(console);
        String id = options.tenant(config);
        TableName name = Optional.ofNullable(table)
                .map(TableName::parse)
                .or(() -> Optional.ofNullable(config.sources().get(TenantId.of(id)))
                        .map(SourceSettings::table))
                .orElseThrow(() -> new IllegalArgumentException(
                        "which table? name it, or give the tenant a 'source' in the configuration"));
        WatermarkAdvice advice;
        try (Lakeport lakeport = options.start(config)) {
            advice = lakeport.tenant(id).advise(name, Optional.ofNullable(column), Quantity.duration(timeout));
        }
        if (json) {
            console.line(JsonText.line(members(advice)));
        } else {
            print(advice);
        }
        return console.finish();
    }

    private void print(WatermarkAdvice advice) {
        console.line(advice.table()
                + advice.column().map(name -> " along '" + name + "'").orElse(""));
        for (AdviceFinding finding : advice.findings()) {
            console.line(String.format(Locale.ROOT, "%-8s %s", lower(finding.severity()), finding.seen()));
            finding.risk().ifPresent(text -> console.line("         " + text));
            finding.fix().ifPresent(text -> console.line("         fix: " + text));
        }
        console.line(advice.proposal()
                .map(increment -> "proposed: " + options(increment))
                .orElse("proposed: change the table first, as the fixes say"));
    }

    private static String options(Increment increment) {
        StringBuilder text = new StringBuilder("lakeport export");
        increment.watermark().ifPresent(name -> text.append(" --incremental ").append(name));
        if (increment.feed() != Increment.FeedUse.NEVER) {
            text.append(" --change-feed ").append(lower(increment.feed()));
        }
        if (!increment.lookBack().isZero()) {
            text.append(" --look-back ")
                    .append(increment.lookBack().toMinutes())
                    .append('m');
        }
        return text.append(increment.appendOnly() ? " --append-only" : "").toString();
    }

    private static Map<String, Object> members(WatermarkAdvice advice) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("table", advice.table().quoted());
        advice.column().ifPresent(name -> members.put("column", name));
        members.put("severity", lower(advice.severity()));
        List<Map<String, Object>> findings =
                advice.findings().stream().map(ExportAdviseCommand::members).toList();
        members.put("findings", findings);
        advice.proposal().ifPresent(increment -> members.put("proposal", options(increment)));
        return members;
    }

    private static Map<String, Object> members(AdviceFinding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("severity", lower(finding.severity()));
        members.put("topic", lower(finding.topic()));
        members.put("seen", finding.seen());
        finding.risk().ifPresent(text -> members.put("risk", text));
        finding.fix().ifPresent(text -> members.put("fix", text));
        return members;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
