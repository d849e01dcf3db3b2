package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lets the workspace export by itself. */
@Command(
        name = "schedule",
        description = {
            "Let the workspace run a full export by itself: deploy a job with a schedule, or change the one that is there.",
            "Each run writes a folder that readers do not see; 'export collect' proves and publishes it.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export schedule -c acme.json main.default.orders --to s3://lake/acme/orders/ \\",
            "      --cron '0 30 2 * * ?' --cron-zone Europe/Berlin",
            "  lakeport export collect -c acme.json s3://lake/acme/orders/",
        })
final class ExportScheduleCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ExportRequestOptions what = new ExportRequestOptions();

    @Option(
            names = "--cron",
            required = true,
            paramLabel = "CRON",
            description = "Quartz expression, seconds first: '0 30 2 * * ?' is every night at half past two.")
    private String cron = "";

    @Option(
            names = "--cron-zone",
            defaultValue = "UTC",
            paramLabel = "ZONE",
            description = "Time zone of the expression; ${DEFAULT-VALUE} if not given.")
    private String zone = "UTC";

    @Option(names = "--paused", description = "Deploy it halted; 'export schedules --unpause' lets it go.")
    private boolean paused;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "For the deployment; ${DEFAULT-VALUE} if not given.")
    private String timeout = "10m";

    @Option(names = "--allow-target", description = "Write there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    @Option(names = "--json", description = "Print the outcome as one JSON object.")
    private boolean json;

    ExportScheduleCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        ConnectionOptions options = connection.or(parent.connection());
        LakeportConfig read = options.config(console);
        String id = options.tenant(read);
        ExportRequest asked = what.request(Optional.ofNullable(read.sources().get(TenantId.of(id))));
        ExportRequest request = asked.mode() == ExportMode.CREATE
                ? asked.toBuilder().mode(ExportMode.OVERWRITE).build()
                : asked;
        LakeportConfig config = allowTarget || options.isDirect() ? read.withObjectPrefix(id, request.target()) : read;
        JobSchedule when = new JobSchedule(cron, zone(), paused);
        Deployment deployment;
        try (Lakeport lakeport = options.start(config)) {
            deployment =
                    lakeport.tenant(id).schedules().deploy(request, when, Deadline.after(Quantity.duration(timeout)));
        }
        print(deployment);
        return console.finish();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--cron-zone " + zone + " is no time zone; give for example Europe/Berlin", e);
        }
    }

    private void print(Deployment deployment) {
        if (json) {
            Map<String, Object> members = members(deployment.job());
            members.put("created", deployment.created());
            members.put("changes", deployment.changes());
            console.line(JsonText.line(members));
            return;
        }
        String did = deployment.created() ? "created" : deployment.isUnchanged() ? "stands as it was" : "changed";
        console.line(line(deployment.job()) + ": " + did);
        deployment.changes().forEach(change -> console.line("  " + change));
    }

    /** Returns a job for a person. */
    static String line(DeployedJob job) {
        return "job " + job.id() + " '" + job.name() + "', "
                + job.schedule().map(JobSchedule::toString).orElse("no schedule");
    }

    /** Returns a job as members of a JSON object. */
    static Map<String, Object> members(DeployedJob job) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("job_id", job.id());
        members.put("name", job.name());
        members.put("description", job.description());
        job.schedule().ifPresent(when -> {
            members.put("cron", when.cron());
            members.put("zone", when.zone().getId());
            members.put("paused", when.paused());
        });
        return members;
    }
}
