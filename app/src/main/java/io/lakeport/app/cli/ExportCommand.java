package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.app.config.SourceSettings;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.TenantId;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Exports a table. */
@Command(
        name = "export",
        description = {
            "Export a table or view as files, whole or, with --incremental, only what is new since the last time.",
            "Readers follow the manifest, which is published last: a run that failed is never seen.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport export -c acme.json main.default.orders --to s3://lake/acme/orders/",
            "  lakeport export -c acme.json main.default.orders --to ./orders \\",
            "      --incremental updated_at --partition-by country --settle 5m",
            "  lakeport export -c birdie.json --to ./feedback --incremental --allow-target",
            "      the table and its partition column are those of the document",
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "TABLE",
            description = "Table or view; that of the configuration if not given.")
    private @Nullable String table;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TARGET",
            description = "A URI such as s3://bucket/prefix/, or a local directory.")
    private String target = "";

    @Option(
            names = "--incremental",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "COLUMN",
            description = "Only what was added or changed since the last run, by this column; without COLUMN the"
                    + " partition column of the configuration.")
    private @Nullable String watermark;

    @Option(names = "--partition-by", split = ",", paramLabel = "COLUMN", description = "Columns that become folders.")
    private List<String> partitionBy = new ArrayList<>();

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "How far an incremental window stays behind now, for transactions still open.")
    private @Nullable String settle;

    @Option(
            names = "--format",
            defaultValue = "parquet",
            paramLabel = "NAME",
            description = "File format; ${DEFAULT-VALUE} if not given.")
    private String format = "parquet";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the format; may be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--allow-target", description = "Write there although the tenant's object_prefixes do not hold it.")
    private boolean allowTarget;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "For the whole export; ${DEFAULT-VALUE} if not given.")
    private String timeout = "1d";

    @Option(names = "--json", description = "Print the outcome as one JSON object.")
    private boolean json;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LakeportConfig read = connection.config(console);
        String id = connection.tenant(read);
        ExportRequest request = request(Optional.ofNullable(read.sources().get(TenantId.of(id))));
        LakeportConfig config =
                allowTarget || connection.isDirect() ? read.withObjectPrefix(id, request.target()) : read;
        Optional<ExportManifest> manifest;
        try (Lakeport lakeport = connection.start(config);
                ProgressLine progress = new ProgressLine(console)) {
            manifest = lakeport.tenant(id).export(request, Quantity.duration(timeout), progress);
        }
        if (json) {
            console.line(JsonText.line(members(request, manifest)));
        } else {
            print(request, manifest);
        }
        return console.finish();
    }

    private ExportRequest request(Optional<SourceSettings> source) {
        TableName name = Optional.ofNullable(table)
                .map(TableName::parse)
                .or(() -> source.map(SourceSettings::table))
                .orElseThrow(() -> new IllegalArgumentException(
                        "which table? name it, or give the tenant a 'source' in the configuration"));
        ExportRequest.Builder request = ExportRequest.builder(name, target())
                .format(format)
                .partitionBy(partitionBy)
                .options(options);
        column(source).map(Increment::along).map(this::settled).ifPresent(request::increment);
        return request.build();
    }

    private Increment settled(Increment increment) {
        return settle == null ? increment : increment.settling(Quantity.duration(settle));
    }

    private Optional<String> column(Optional<SourceSettings> source) {
        if (watermark == null || !watermark.isEmpty()) {
            return Optional.ofNullable(watermark);
        }
        return Optional.of(source.map(SourceSettings::partitionColumn)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--incremental by which column? name it, or give the tenant a 'source' in the"
                                + " configuration")));
    }

    /** A text without a scheme is a directory of this machine; a drive letter is no scheme. */
    private URI target() {
        if (target.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return URI.create(target.endsWith("/") ? target : target + "/");
        }
        String path = Path.of(target).toAbsolutePath().normalize().toUri().toString();
        return URI.create(path.endsWith("/") ? path : path + "/");
    }

    private void print(ExportRequest request, Optional<ExportManifest> manifest) {
        if (manifest.isEmpty()) {
            console.line("nothing new in " + request.source());
            return;
        }
        ExportManifest run = manifest.get();
        console.line(String.format(
                Locale.ROOT,
                "%s: run %d, %,d rows in %d file(s), %,d bytes%s",
                request.target(),
                run.sequence(),
                run.rows(),
                run.files().size(),
                run.bytes(),
                run.window().map(window -> ", " + window).orElse("")));
    }

    private static Map<String, Object> members(ExportRequest request, Optional<ExportManifest> manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", request.target());
        json.put("source", request.source().quoted());
        json.put("published", manifest.isPresent());
        manifest.ifPresent(run -> {
            json.put("sequence", run.sequence());
            json.put("run_id", run.runId());
            json.put("rows", run.rows());
            json.put("bytes", run.bytes());
            json.put("statement_ids", run.origin().statementIds());
            json.put(
                    "files",
                    run.files().stream()
                            .map(file -> file.object().key().value())
                            .toList());
            run.window().ifPresent(window -> json.put("window", window.toString()));
        });
        return json;
    }
}
