package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports a table. */
@Command(
        name = "export",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Export a table or view as files, whole or, with --incremental, only what is new since the last time.",
            "Readers follow the manifest, which is published last: a run that failed is never seen. A run that was"
                    + " interrupted goes on where it stopped when it is started again.",
        },
        subcommands = {
            ExportPlanCommand.class,
            ExportAdviseCommand.class,
            ExportResumeCommand.class,
            ExportListCommand.class,
            ExportVerifyCommand.class,
            ExportGcCommand.class,
            ExportScheduleCommand.class,
            ExportSchedulesCommand.class,
            ExportCollectCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export -c acme.json main.default.orders --to s3://lake/acme/orders/",
            "  lakeport export -c acme.json main.default.orders --to ./orders \\",
            "      --incremental updated_at --partition-by country --settle 5m",
            "  lakeport export plan -c acme.json main.default.orders --to s3://lake/acme/orders/",
            "  lakeport export verify -c acme.json s3://lake/acme/orders/",
            "  lakeport export -c birdie.json --to ./feedback --incremental --allow-target",
            "      the table and its partition column are those of the document",
            "",
            "A table whose name is that of a subcommand is written with its schema: default.list",
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ExportRequestOptions what = new ExportRequestOptions();

    @Mixin
    private ExportEffort effort = new ExportEffort();

    @Mixin
    private ExportModelOptions model = new ExportModelOptions();

    @Option(names = "--no-resume", description = "Begin again, and remove what an interrupted run of the same left.")
    private boolean noResume;

    @Option(names = "--allow-target", description = "Write there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    @Option(names = "--json", description = "Print the outcome as one JSON object.")
    private boolean json;

    ExportCommand(Console console) {
        this.console = console;
    }

    /** Returns what was given before the name of a subcommand. */
    ConnectionOptions connection() {
        return connection;
    }

    @Override
    public Integer call() {
        LakeportConfig read = connection.config(console);
        String id = connection.tenant(read);
        ExportRequest request = what.request(Optional.ofNullable(read.sources().get(TenantId.of(id))));
        LakeportConfig config =
                allowTarget || connection.isDirect() ? read.withObjectPrefix(id, request.target()) : read;
        Optional<ExportManifest> manifest;
        try (Lakeport lakeport = connection.start(config);
                ProgressLine progress = new ProgressLine(console)) {
            ExportService exports = model.apply(effort.apply(lakeport.tenant(id).exports()), console);
            manifest = ResumeHint.during(
                    console,
                    request.target(),
                    () -> noResume
                            ? exports.runAnew(request, effort.deadline(), progress)
                            : exports.run(request, effort.deadline(), progress));
        }
        if (json) {
            console.line(JsonText.line(ManifestText.outcome(request, manifest)));
        } else {
            console.line(manifest.map(run -> ManifestText.line(request.target(), run))
                    .orElse("nothing new in " + request.source()));
        }
        return console.finish();
    }

    /** How much an export may take. */
    static final class ExportEffort {
        @Option(
                names = "--lanes",
                paramLabel = "N",
                description = "Encoding threads; one for each processor if not given.")
        private @Nullable Integer lanes;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "1d",
                description = "For the whole export; ${DEFAULT-VALUE} if not given.")
        private String timeout = "1d";

        ExportService apply(ExportService exports) {
            if (lanes == null) {
                return exports;
            }
            if (lanes < 1) {
                throw new IllegalArgumentException("--lanes must be at least 1");
            }
            return exports.withLanes(lanes);
        }

        Deadline deadline() {
            return Deadline.after(Quantity.duration(timeout));
        }
    }
}
