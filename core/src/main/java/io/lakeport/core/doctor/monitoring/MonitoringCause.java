package io.lakeport.core.doctor.monitoring;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import java.util.List;

/** What can be wrong between the identity and the system tables. */
public enum MonitoringCause implements Cause {
    SYSTEM_SCHEMA_DISABLED(
            Trouble.CONFIGURATION,
            "the system schema is not enabled for this metastore, so that nobody can read it, whatever was granted",
            "enable the system schema",
            Who.METASTORE_ADMIN),
    SYSTEM_CATALOG_USE_MISSING(
            Trouble.RIGHTS,
            "the identity lacks USE CATALOG on the catalog system",
            "grant USE CATALOG on system",
            Who.METASTORE_ADMIN),
    SYSTEM_SCHEMA_USE_MISSING(
            Trouble.RIGHTS,
            "the identity lacks USE SCHEMA on the system schema",
            "grant USE SCHEMA on the schema itself",
            Who.METASTORE_ADMIN),
    SYSTEM_GRANT_WITHOUT_EFFECT(
            Trouble.RIGHTS,
            "USE SCHEMA was granted on the catalog system, which succeeds and opens none of its schemas: it does not come"
                    + " down there as in other catalogs",
            "grant USE SCHEMA on the schema itself",
            Who.METASTORE_ADMIN),
    SYSTEM_SELECT_MISSING(
            Trouble.RIGHTS,
            "the identity may use the system schema and lacks SELECT",
            "grant SELECT on the schema",
            Who.METASTORE_ADMIN),
    SYSTEM_TABLE_REFUSED(
            Trouble.MISSING,
            "the system schema is enabled and a table of it cannot be read; the warehouse's own words are in the result",
            "read the result; a schema that was enabled a moment ago needs some minutes",
            Who.METASTORE_ADMIN),
    NO_RUNS_SEEN(
            Trouble.MISSING,
            "system.lakeflow has no run of any job: none ran in this workspace since the schema was enabled, or it was"
                    + " minutes ago (the table lags), or the identity may not see the jobs (CAN VIEW on each); without log"
                    + " delivery to a place that the identity can read, their event logs are missing too",
            "let a job run, wait some minutes, and look again; grant CAN VIEW on jobs, and set log delivery on their"
                    + " clusters",
            Who.WORKSPACE_ADMIN);

    private final Trouble trouble;
    private final String meaning;
    private final Fix fix;

    MonitoringCause(Trouble trouble, String meaning, String fix, String who) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fix = Fix.manual(fix, who);
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return List.of(fix);
    }
}
