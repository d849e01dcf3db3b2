package io.lakeport.core.export.job;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.job.JobTask;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of a target. The one that hosts run has a task that writes the rows of a version into a folder, both given to
 * each run; the scheduled one finds the newest version first, and names the folder itself. They are two, so that what a
 * host asks for never changes what runs by the clock.
 */
public final class ExportJob {
    /** The task that finds the newest version. */
    public static final String PIN = "pin";
    /** The task that writes the files. */
    public static final String WRITE = "write";

    private static final String SCHEDULED = "schedule-";
    private static final String HOSTED = "export-";
    private static final int KEY_DIGITS = 16;

    private ExportJob() {}

    /** Returns the key of a target's scheduled job. */
    public static String scheduledKey(URI target) {
        return SCHEDULED + digest(target);
    }

    /** Returns whether a key is that of a scheduled job. */
    public static boolean isScheduled(String key) {
        return key.startsWith(SCHEDULED);
    }

    private static String digest(URI target) {
        String folder = target.toString().endsWith("/") ? target.toString() : target + "/";
        return digest(folder).substring(0, KEY_DIGITS);
    }

    /** Returns a text's SHA-256 in hexadecimal digits. */
    public static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Returns the job that hosts run.
     *
     * @throws LakeportException NOT_SUPPORTED when the source cannot be named in full, or the warehouse cannot write the
     *     request
     */
    public static JobDefinition hosted(Tenant tenant, ExportRequest request, ExportPlan plan) {
        ExportRequest named = named(tenant, request);
        JobSql sql = JobSql.of(named, plan);
        return new JobDefinition(
                HOSTED + digest(request.target()),
                "Lakeport: export of " + plain(named) + " for " + tenant.id(),
                "Writes " + plain(named) + " into a folder of " + request.target()
                        + ", which Lakeport proves and publishes."
                        + " Deployed by Lakeport, which runs it with parameters of its own.",
                tenant.defaultWarehouse().value(),
                List.of(new JobTask(WRITE, sql.text(), Map.of(), List.of())),
                sql.parameters(),
                Optional.empty());
    }

    /**
     * Returns the job that runs by the clock, for a plan of all rows.
     *
     * @throws LakeportException NOT_SUPPORTED as {@link #hosted} does
     */
    public static JobDefinition scheduled(Tenant tenant, ExportRequest request, ExportPlan plan, JobSchedule when) {
        ExportRequest named = named(tenant, request);
        String history = "DESCRIBE HISTORY " + named.source().quoted() + " LIMIT 1\n";
        Map<String, String> values = Map.of(JobSql.VERSION, StagedFolder.VERSION, JobSql.FOLDER, StagedFolder.TEMPLATE);
        return new JobDefinition(
                scheduledKey(request.target()),
                "Lakeport: scheduled export of " + plain(named) + " for " + tenant.id(),
                "Writes " + plain(named) + " into a folder of " + request.target() + ", which readers do not see until"
                        + " lakeport export collect has proved and published it. Deployed by Lakeport; change it there.",
                tenant.defaultWarehouse().value(),
                List.of(
                        new JobTask(PIN, history, Map.of(), List.of()),
                        new JobTask(WRITE, JobSql.of(named, plan).text(), values, List.of(PIN))),
                List.of(),
                Optional.of(when));
    }

    private static String plain(ExportRequest named) {
        return named.source().quoted().replace("`", "");
    }

    /** A task has neither catalog nor schema of its own, so that the source is named in full. */
    static ExportRequest named(Tenant tenant, ExportRequest request) {
        TableName source = request.source();
        Optional<Identifier> schema = source.schema().or(() -> tenant.schema().map(Identifier::of));
        Optional<Identifier> catalog =
                source.catalog().or(() -> tenant.catalog().map(Identifier::of));
        if (catalog.isEmpty() || schema.isEmpty()) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "a job needs the full name of its source, and " + source
                            + " has no catalog or no schema; write it as"
                            + " catalog.schema.table, or give the tenant a default catalog and schema");
        }
        return new ExportRequest(
                new TableName(catalog, schema, source.table()),
                request.target(),
                request.format(),
                request.columns(),
                request.partitionBy(),
                request.mode(),
                request.increment(),
                request.keys(),
                request.engine(),
                request.options());
    }
}
