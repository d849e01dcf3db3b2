package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.export.choice.Choice;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.run.ExportPreview;
import io.lakeport.core.tenant.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tells what an export would do. */
@Command(
        name = "plan",
        description = "Show what an export would do, with the same options, and write nothing.",
        footerHeading = "%nExamples:%n",
        footer = "  lakeport export plan -c acme.json main.default.orders --to s3://lake/acme/orders/")
final class ExportPlanCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    private ExportCommand parent;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ExportRequestOptions what = new ExportRequestOptions();

    @Mixin
    private ExportCommand.ExportEffort effort = new ExportCommand.ExportEffort();

    @Mixin
    private ExportModelOptions model = new ExportModelOptions();

    @Option(names = "--allow-target", description = "Look there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    @Option(names = "--json", description = "Print the plan as one JSON object.")
    private boolean json;

    ExportPlanCommand(Console console) {
        this.console = console;
        this.parent = new ExportCommand(console);
    }

    @Override
    public Integer call() {
        ConnectionOptions options = connection.or(parent.connection());
        LakeportConfig read = options.config(console);
        String id = options.tenant(read);
        ExportRequest request = what.request(Optional.ofNullable(read.sources().get(TenantId.of(id))));
        LakeportConfig config = allowTarget || options.isDirect() ? read.withObjectPrefix(id, request.target()) : read;
        ExportPreview preview;
        try (Lakeport lakeport = options.start(config)) {
            preview = model.apply(lakeport.tenant(id).exports(), console).preview(request, effort.deadline());
        }
        if (json) {
            console.line(JsonText.line(members(preview)));
        } else {
            print(preview);
        }
        return console.finish();
    }

    private void print(ExportPreview preview) {
        ExportRequest request = preview.request();
        console.line(request.source() + " to " + request.target() + " as " + request.format() + ", "
                + ExportRequestOptions.text(request.mode()));
        if (preview.plan().isEmpty()) {
            console.line("nothing new: no run would begin");
            return;
        }
        preview.unfinished()
                .ifPresentOrElse(
                        run -> console.line(ExportListCommand.RunStatusText.line(run, Instant.now())),
                        () -> console.line("run " + preview.sequence() + " would begin"));
        ExportPlan plan = preview.plan().get();
        console.line("rows      " + part(plan));
        console.line("snapshot  "
                + (plan.snapshotVersion().isPresent()
                        ? "version " + plan.snapshotVersion().getAsLong()
                        : "none: the source has no versions, so a run that is begun again may read newer rows"));
        console.line(
                "columns   " + (request.columns().isEmpty() ? plan.columns().size() + " (all)" : request.columns()));
        if (!request.partitionBy().isEmpty()) {
            console.line("folders   " + request.partitionBy());
        }
        preview.choice().map(Choice::lines).orElse(List.of()).forEach(line -> console.line("engine    " + line));
    }

    private static String part(ExportPlan plan) {
        return plan.window()
                .map(Object::toString)
                .or(() -> plan.feed().map(Object::toString))
                .orElse("all");
    }

    private static Map<String, Object> members(ExportPreview preview) {
        ExportRequest request = preview.request();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", request.source().quoted());
        json.put("target", request.target());
        json.put("format", request.format());
        json.put("mode", ExportRequestOptions.text(request.mode()));
        json.put("anything_new", preview.plan().isPresent());
        json.put("sequence", preview.sequence());
        preview.unfinished()
                .ifPresent(run -> json.put("resumes", ExportListCommand.RunStatusText.members(run, Instant.now())));
        preview.plan().ifPresent(plan -> {
            json.put("rows", part(plan));
            plan.snapshotVersion().ifPresent(version -> json.put("snapshot_version", version));
        });
        preview.choice().ifPresent(choice -> {
            json.put("engine", choice.engine().text());
            json.put("why", choice.why());
            json.put("why_not", choice.others());
        });
        return json;
    }
}
