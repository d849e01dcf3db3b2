package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a connection. */
@Command(
        name = "doctor",
        description = {
            "Check a connection in three steps: token, REST API, SQL.",
            "The first step that fails is explained: what it means, what to do, and who can."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport doctor -c birdie.json",
            "  lakeport doctor -c lakeport.json --tenant acme --json",
            "",
            "The exit code is that of the step that failed, see 'lakeport --help'.",
        })
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--json", description = "One JSON object with all findings.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "For all steps; ${DEFAULT-VALUE} if not given, since a warehouse may have to start.")
    private String timeout = "5m";

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LakeportConfig config = connection.config(console);
        String id = connection.tenant(config);
        List<Finding> findings;
        try (Lakeport lakeport = connection.start(config)) {
            findings = lakeport.tenant(id).doctor(Quantity.duration(timeout));
        }
        if (json) {
            console.line(JsonText.line(members(config.tenant(id), findings)));
        } else {
            print(config.tenant(id), findings);
        }
        int code = console.finish();
        return findings.stream()
                .filter(finding -> finding.status() == Finding.Status.FAILED)
                .findFirst()
                .map(finding -> finding.errorCode().map(ExitCode::ofCode).orElse(ExitCode.INTERNAL))
                .orElse(code);
    }

    private void print(Tenant tenant, List<Finding> findings) {
        console.line("tenant " + tenant.id() + " at " + tenant.host() + ", warehouse " + tenant.defaultWarehouse());
        for (Finding finding : findings) {
            console.line("");
            console.line(mark(finding) + "  " + finding.step() + ": " + finding.tried());
            detail("result", Optional.of(finding.result()));
            detail("cause", finding.cause());
            detail("fix", finding.fix());
            detail("see", Optional.of(finding.reference()));
        }
    }

    private static String mark(Finding finding) {
        return switch (finding.status()) {
            case PASSED -> "[ ok ]";
            case FAILED -> "[FAIL]";
            case SKIPPED -> "[skip]";
        };
    }

    private void detail(String label, Optional<String> text) {
        text.ifPresent(value -> console.line(String.format("        %-7s %s", label, value)));
    }

    private static Map<String, Object> members(Tenant tenant, List<Finding> findings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", tenant.id());
        json.put("host", tenant.host());
        json.put("warehouse_id", tenant.defaultWarehouse());
        json.put("healthy", findings.stream().allMatch(finding -> finding.status() == Finding.Status.PASSED));
        json.put("findings", findings.stream().map(DoctorCommand::members).toList());
        return json;
    }

    private static Map<String, Object> members(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", finding.step());
        json.put("status", finding.status().name().toLowerCase(Locale.ROOT));
        json.put("tried", finding.tried());
        json.put("result", finding.result());
        finding.cause().ifPresent(text -> json.put("cause", text));
        finding.fix().ifPresent(text -> json.put("fix", text));
        finding.errorCode().ifPresent(text -> json.put("error_code", text));
        json.put("reference", finding.reference());
        return json;
    }
}
