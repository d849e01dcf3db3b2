package io.lakeport.core.export.job;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.job.JobDefinition;
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
 * The job of an export: a task that finds the newest version of the source, and one that writes the rows of a version
 * into a folder of the target. A target has one job, whichever runs it makes.
 */
public final class ExportJob {
    /** The task that finds the newest version. */
    public static final String PIN = "pin";
    /** The task that writes the files. */
    public static final String WRITE = "write";

    private static final int KEY_DIGITS = 16;

    private ExportJob() {}

    /** Returns the key of the job of a target. */
    public static String key(URI target) {
        String folder = target.toString().endsWith("/") ? target.toString() : target + "/";
        return "export-" + digest(folder).substring(0, KEY_DIGITS);
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
     * Returns the definition.
     *
     * @throws LakeportException NOT_SUPPORTED when the source cannot be named in full, or the warehouse cannot write the
     *     request
     */
    public static JobDefinition definition(Tenant tenant, ExportRequest request, ExportPlan plan) {
        ExportRequest named = named(tenant, request);
        JobSql sql = JobSql.of(named, plan);
        String source = named.source().quoted();
        JobTask pin = new JobTask(PIN, "DESCRIBE HISTORY " + source + " LIMIT 1\n", Map.of(), List.of());
        JobTask write = new JobTask(
                WRITE,
                sql.text(),
                Map.of(
                        JobSql.NEWEST,
                        "{{tasks." + PIN + ".output.first_row.version}}",
                        JobSql.OWN_FOLDER,
                        StagedFolder.TEMPLATE),
                List.of(PIN));
        return new JobDefinition(
                key(request.target()),
                "Lakeport: export of " + source.replace("`", "") + " for " + tenant.id(),
                "Writes " + source + " into a folder of " + request.target()
                        + ", which readers do not see until Lakeport"
                        + " has proved and published it (lakeport export collect). Deployed by Lakeport; change it there.",
                tenant.defaultWarehouse().value(),
                List.of(pin, write),
                sql.parameters(),
                Optional.empty());
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
