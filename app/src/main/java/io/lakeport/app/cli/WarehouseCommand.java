package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.WarehouseClient;
import io.lakeport.app.config.CapacityScheduleFile;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.warehouse.CapacityPlan;
import io.lakeport.core.warehouse.CapacitySchedule;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a tenant's warehouses and runs them. */
@Command(
        name = "warehouse",
        synopsisSubcommandLabel = "COMMAND",
        description = "Look at a tenant's SQL warehouses, start and stop them, scale them, keep a schedule.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport warehouse list -c acme.json",
            "  lakeport warehouse start -c acme.json --timeout 10m       and wait until it runs",
            "  lakeport warehouse scale -c acme.json --min 1 --max 4 --auto-stop 30m",
            "  lakeport warehouse keep -c acme.json --schedule week.json every few minutes, by cron",
        })
final class WarehouseCommand implements Runnable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    WarehouseCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: list, start, stop, scale or keep");
    }

    @Command(name = "list", description = "Show the tenant's warehouses that its identity may see.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--json", description = "One JSON object a line.") boolean json) {
        with(connection, null, (warehouses, unused) -> {
            TextTable table = WarehouseText.table();
            for (WarehouseInfo info : warehouses.list(TIMEOUT)) {
                if (json) {
                    console.line(JsonText.line(WarehouseText.members(info)));
                } else {
                    WarehouseText.row(table, info);
                }
            }
            if (!json) {
                table.print(console);
            }
        });
        return console.finish();
    }

    @Command(name = "start", description = "Start a warehouse, and wait until it runs.")
    int start(
            @Mixin ConnectionOptions connection,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The tenant's default one if not given.")
                    @Nullable
                    String id,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            defaultValue = "10m",
                            description = "${DEFAULT-VALUE} if not given.")
                    String timeout) {
        with(connection, id, (warehouses, warehouse) -> {
            StartText progress = new StartText(console);
            progress.done(warehouses.start(warehouse, Quantity.duration(timeout), progress));
        });
        return console.finish();
    }

    @Command(name = "stop", description = "Stop a warehouse; statements that run on it are ended.")
    int stop(
            @Mixin ConnectionOptions connection,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The tenant's default one if not given.")
                    @Nullable
                    String id) {
        with(connection, id, (warehouses, warehouse) -> {
            warehouses.stop(warehouse, TIMEOUT);
            console.note("warehouse " + warehouse + " was asked to stop");
        });
        return console.finish();
    }

    @Command(name = "scale", description = "Set how far a warehouse scales, and when it stops by itself.")
    int scale(
            @Mixin ConnectionOptions connection,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The tenant's default one if not given.")
                    @Nullable
                    String id,
            @Option(names = "--min", required = true, paramLabel = "N", description = "Clusters while it runs.")
                    int min,
            @Option(names = "--max", required = true, paramLabel = "N", description = "Clusters at most.") int max,
            @Option(
                            names = "--auto-stop",
                            required = true,
                            paramLabel = "TIME",
                            description = "Idle time after which it stops, or never.")
                    String autoStop) {
        Duration rest = autoStop.equals("never") ? Duration.ZERO : Quantity.duration(autoStop);
        with(connection, id, (warehouses, warehouse) -> {
            warehouses.scale(warehouse, new Scaling(min, max, rest), TIMEOUT);
            console.note("warehouse " + warehouse + " scales from " + min + " to " + max + " clusters");
        });
        return console.finish();
    }

    @Command(
            name = "keep",
            description = {
                "Make a warehouse be what its schedule says now, and say what was done.",
                "Nothing is stopped while sessions are open."
            })
    int keep(
            @Mixin ConnectionOptions connection,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The tenant's default one if not given.")
                    @Nullable
                    String id,
            @Option(names = "--schedule", required = true, paramLabel = "FILE", description = "See docs/warehouses.md.")
                    Path schedule,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        CapacitySchedule week = CapacityScheduleFile.load(schedule);
        with(connection, id, (warehouses, warehouse) -> {
            CapacityPlan plan = warehouses.keep(warehouse, week, !dryRun, TIMEOUT);
            console.line(plan.warehouse().name() + " is " + plan.warehouse().state() + ", wanted: " + plan.wanted());
            plan.steps().forEach(step -> console.line((dryRun ? "would " : "did ") + step));
            plan.held().ifPresent(why -> console.line("not now: " + why));
            if (plan.steps().isEmpty() && plan.held().isEmpty()) {
                console.line("nothing to do");
            }
        });
        return console.finish();
    }

    private void with(
            ConnectionOptions connection, @Nullable String id, BiConsumer<WarehouseClient, WarehouseId> action) {
        LakeportConfig config = connection.config(console);
        Tenant tenant = config.tenant(connection.tenant(config));
        WarehouseId warehouse = Optional.ofNullable(id).map(WarehouseId::of).orElse(tenant.defaultWarehouse());
        try (Lakeport lakeport = connection.start(config)) {
            action.accept(lakeport.tenant(tenant.id().value()).warehouses(), warehouse);
        }
    }
}
