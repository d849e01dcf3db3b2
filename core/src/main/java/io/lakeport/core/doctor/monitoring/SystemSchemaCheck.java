package io.lakeport.core.doctor.monitoring;

import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.catalog.SystemSchema;
import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.CommonCause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Refusal;
import io.lakeport.core.doctor.Rights;
import io.lakeport.core.doctor.Statements;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.KnownIds;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether one schema of the catalog system is enabled and can be read. */
final class SystemSchemaCheck implements Check {
    private static final String SYSTEM = "system";

    private final String schema;
    private final String table;

    SystemSchemaCheck(String schema, String table) {
        this.schema = schema;
        this.table = table;
    }

    @Override
    public String name() {
        return SYSTEM + "." + schema;
    }

    @Override
    public List<String> needs() {
        return List.of("metastore", "sql");
    }

    @Override
    public String tried(Visit visit) {
        return statement();
    }

    private String statement() {
        return "SELECT 1 FROM system." + schema + "." + table + " LIMIT 1";
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("admin/system-tables/index");
    }

    @Override
    public Duration longest() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        CatalogControl unity = visit.patient().controlPlane().get().catalog();
        Metastore metastore = unity.metastore(deadline).orElseThrow();
        if (!enabled(unity, metastore, deadline).orElse(true)) {
            return disabled(metastore);
        }
        try {
            Statements.read(visit, statement(), deadline);
            return Outcome.passed("enabled, and can be read");
        } catch (LakeportException e) {
            return failed(visit, unity, metastore, e, deadline);
        }
    }

    /** Empty when this identity is not told: then the statement tells. */
    private Optional<Boolean> enabled(CatalogControl unity, Metastore metastore, Deadline deadline) {
        try {
            return unity.systemSchemas(metastore, deadline).stream()
                    .filter(one -> one.name().equals(schema))
                    .map(SystemSchema::isEnabled)
                    .findFirst();
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.PERMISSION_DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Outcome disabled(Metastore metastore) {
        KnownIds ids = new KnownIds(Optional.empty(), Optional.empty(), Optional.of(metastore.id()), Map.of());
        return Outcome.failed(MonitoringCause.SYSTEM_SCHEMA_DISABLED, "system." + schema + " is not enabled")
                .with(Rights.fixes(new Right.SchemaEnabled(schema), ids));
    }

    private Outcome failed(
            Visit visit, CatalogControl unity, Metastore metastore, LakeportException e, Deadline deadline) {
        if (e.is(CoreError.OBJECT_NOT_FOUND) && e.getMessage().contains("SCHEMA")) {
            return disabled(metastore);
        }
        if (!e.is(CoreError.ACCESS_DENIED)) {
            boolean refused = e.category() == ErrorCategory.NOT_FOUND || e.category() == ErrorCategory.INVALID_REQUEST;
            return Outcome.failed(refused ? MonitoringCause.SYSTEM_TABLE_REFUSED : CommonCause.of(e), e);
        }
        Optional<Refusal> refusal = Refusal.of(e.getMessage());
        Privilege lacking = refusal.map(Refusal::privilege).orElse(Privilege.SELECT);
        if (lacking.equals(Privilege.USE_CATALOG)) {
            return Outcome.failed(MonitoringCause.SYSTEM_CATALOG_USE_MISSING, e)
                    .with(Rights.grant(visit, Privilege.USE_CATALOG, Securable.catalog(SYSTEM)));
        }
        Securable schemaItself = Securable.schema(SYSTEM, schema);
        if (lacking.equals(Privilege.USE_SCHEMA)) {
            return Outcome.failed(
                            grantedOnCatalog(visit, deadline)
                                    ? MonitoringCause.SYSTEM_GRANT_WITHOUT_EFFECT
                                    : MonitoringCause.SYSTEM_SCHEMA_USE_MISSING,
                            e)
                    .with(Rights.grant(visit, Privilege.USE_SCHEMA, schemaItself));
        }
        return Outcome.failed(MonitoringCause.SYSTEM_SELECT_MISSING, e)
                .with(Rights.grant(visit, Privilege.SELECT, schemaItself));
    }

    private static boolean grantedOnCatalog(Visit visit, Deadline deadline) {
        try {
            return visit
                    .patient()
                    .controlPlane()
                    .get()
                    .grants()
                    .direct(Securable.catalog(SYSTEM), Optional.of(Rights.me(visit)), deadline)
                    .stream()
                    .anyMatch(grant -> grant.privilege().includes(Privilege.USE_SCHEMA));
        } catch (LakeportException e) {
            // Who may not look at grants learns the plain cause, which has the same fix.
            return false;
        }
    }
}
