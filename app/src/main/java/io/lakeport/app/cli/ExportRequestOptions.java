package io.lakeport.app.cli;

import io.lakeport.app.config.Quantity;
import io.lakeport.app.config.SourceSettings;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.request.Increment.FeedUse;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.sql.TableName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that say what is exported, and how. */
final class ExportRequestOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "TABLE",
            description = "Table or view; that of the configuration if not given.")
    private @Nullable String table;

    // Not required, because a subcommand takes its target as an argument.
    @Option(names = "--to", paramLabel = "TARGET", description = "A URI such as s3://bucket/prefix/, or a directory.")
    private @Nullable String target;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "What happens to what is there: create (the target must be empty), overwrite, append,"
                            + " overwrite-partitions or merge. Without it: create, append with --incremental, merge with --key.")
    private @Nullable String mode;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to export; all if not given.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that identify a row, to merge by.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--incremental",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "COLUMN",
            description = "Only what was added or changed since the last run, by this column; without COLUMN the"
                    + " partition column of the configuration.")
    private @Nullable String watermark;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "How far an incremental window stays behind now, for transactions still open.")
    private @Nullable String settle;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of the wall clock of a DATE or TIMESTAMP_NTZ column, such as Europe/Berlin;"
                    + " without it a time counts as over when it is over everywhere.")
    private @Nullable String zone;

    @Option(
            names = "--look-back",
            paramLabel = "TIME",
            description = "How far a window reaches back behind the last one, for rows that arrive late.")
    private @Nullable String lookBack;

    @Option(
            names = "--change-feed",
            paramLabel = "USE",
            description = "Whether the table's change data feed is read: never, prefer or require.")
    private FeedUse feed = FeedUse.NEVER;

    @Option(names = "--append-only", description = "Declares that rows are never changed once they are there.")
    private boolean appendOnly;

    @Option(
            names = "--partition-by",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns or parts of dates that become folders: country, year(ts), date(ts).")
    private List<String> partitionBy = new ArrayList<>();

    @Option(
            names = "--format",
            defaultValue = "parquet",
            paramLabel = "NAME",
            description = "File format; ${DEFAULT-VALUE} if not given.")
    private String format = "parquet";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the format; may be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "auto, stream (through this process), unload (the warehouse writes) or job; auto if not given.")
    private EngineChoice engine = EngineChoice.AUTO;

    /** Returns the request; a tenant's source in the configuration fills in what is not given. */
    ExportRequest request(Optional<SourceSettings> source) {
        TableName name = Optional.ofNullable(table)
                .map(TableName::parse)
                .or(() -> source.map(SourceSettings::table))
                .orElseThrow(() -> new IllegalArgumentException(
                        "which table? name it, or give the tenant a 'source' in the configuration"));
        if (target == null) {
            throw new IllegalArgumentException("where to? give --to with a URI or a directory");
        }
        ExportRequest.Builder request = ExportRequest.builder(name, TargetText.uri(target))
                .format(format)
                .columns(columns)
                .partitionBy(partitionBy)
                .engine(engine)
                .options(options);
        increment(source).ifPresent(request::increment);
        request.keys(keys);
        if (mode != null) {
            request.mode(mode(mode));
        }
        return request.build();
    }

    private Optional<Increment> increment(Optional<SourceSettings> source) {
        if (watermark == null && feed != FeedUse.REQUIRE) {
            refuseWithoutIncrement();
            return Optional.empty();
        }
        boolean configured = "".equals(watermark);
        boolean onlyAdded = appendOnly
                || configured && source.map(SourceSettings::appendOnly).orElse(false);
        return Optional.of(new Increment(column(source), time(settle), time(lookBack), zone(), feed, onlyAdded));
    }

    private void refuseWithoutIncrement() {
        if (settle != null || lookBack != null || appendOnly || feed != FeedUse.NEVER) {
            throw new IllegalArgumentException(
                    "--settle, --look-back, --append-only and --change-feed say how new rows are found; give"
                            + " --incremental as well (or --change-feed require)");
        }
    }

    private Optional<ZoneId> zone() {
        try {
            return Optional.ofNullable(zone).map(ZoneId::of);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--zone " + zone + " is no time zone; give for example Europe/Berlin", e);
        }
    }

    private static java.time.Duration time(@Nullable String text) {
        return text == null ? java.time.Duration.ZERO : Quantity.duration(text);
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

    private static ExportMode mode(String text) {
        for (ExportMode known : ExportMode.values()) {
            if (text(known).equalsIgnoreCase(text)) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "--mode '" + text + "' is unknown; use create, overwrite, append, overwrite-partitions or merge");
    }

    /** Returns a mode as it is written on the command line. */
    static String text(ExportMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
