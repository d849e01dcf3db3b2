package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.doctor.setting.SettingCause;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a connection. */
@Command(
        name = "doctor",
        description = {
            "Check a connection from DNS to the data, and say how to mend what does not work.",
            "Each check tells what was tried, what came back, what it means, the statement or call that mends it, and"
                    + " who may run it. It changes nothing, but starts a stopped warehouse."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport doctor -c birdie.json",
            "  lakeport doctor -c lakeport.json --tenant acme --table main.sales.orders --column updated_at",
            "  lakeport doctor -c lakeport.json --export-target s3://acme-exports/orders --format json",
            "",
            "Exit codes: 0 all is well, 10 warnings only; else that of the first check that failed: 2 a setting, 3 the",
            "credential, 4 a right, 5 something that is not there, 6 the network, 9 workspace or warehouse do not serve.",
        })
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--table", paramLabel = "NAME", description = "A table or view that is to be read.")
    private @Nullable String table;

    @Option(names = "--column", paramLabel = "NAME", description = "A column it must have; may be repeated.")
    private List<String> columns = new ArrayList<>();

    @Option(names = "--write", description = "Rows are to be written to the table too.")
    private boolean write;

    @Option(names = "--export-target", paramLabel = "URI", description = "Where the workspace is to write files.")
    private @Nullable URI exportTarget;

    @Option(names = "--monitoring", description = "System tables and jobs are to be read.")
    private boolean monitoring;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES}; text if not given. JSON is one object with all findings.")
    private Format format = Format.TEXT;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "For all checks; ${DEFAULT-VALUE} if not given, since a warehouse may have to start.")
    private String timeout = "5m";

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON
    }

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DoctorRequest request = request();
        LakeportConfig config;
        try {
            config = connection.config(console);
        } catch (RuntimeException e) {
            DoctorReport refused = SettingCause.report(e).orElseThrow(() -> e);
            return told(new LinkedHashMap<>(), "the configuration cannot be used", refused);
        }
        Tenant tenant = config.tenant(connection.tenant(config));
        DoctorReport report;
        try (Lakeport lakeport = connection.start(config)) {
            report = lakeport.tenant(tenant.id().value()).doctor(request);
        }
        String head = "tenant " + tenant.id() + " at " + tenant.host() + ", warehouse " + tenant.defaultWarehouse();
        return told(members(tenant), head, report);
    }

    private DoctorRequest request() {
        DoctorRequest.Builder request =
                DoctorRequest.builder().write(write).monitoring(monitoring).timeout(Quantity.duration(timeout));
        Optional.ofNullable(table).map(TableName::parse).ifPresent(request::table);
        Optional.ofNullable(exportTarget).ifPresent(request::exportTarget);
        columns.forEach(request::column);
        return request.build();
    }

    private int told(Map<String, Object> members, String head, DoctorReport report) {
        if (json || format == Format.JSON) {
            members.putAll(DoctorText.members(report));
            console.line(JsonText.line(members));
        } else {
            console.line(head);
            DoctorText.lines(report).forEach(console::line);
        }
        int code = console.finish();
        return code == ExitCode.OK ? ExitCode.of(report) : code;
    }

    private static Map<String, Object> members(Tenant tenant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", tenant.id());
        json.put("host", tenant.host());
        json.put("warehouse_id", tenant.defaultWarehouse());
        return json;
    }
}
