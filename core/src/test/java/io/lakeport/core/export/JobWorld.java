package io.lakeport.core.export;

import io.lakeport.core.export.choice.EngineRoster;
import io.lakeport.core.export.job.JobEngine;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.port.ExportTuning;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantScope;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** A tenant that may write to S3, whose jobs are fakes. */
final class JobWorld {
    private JobWorld() {}

    static ExportService service(ObjectStore at, FakeJobs jobs, InMemoryCodec codec) {
        Tenant reader = FakeTenant.writingTo("s3://lake/");
        Tenant writer = new Tenant(
                reader.id(),
                reader.host(),
                reader.warehouses(),
                reader.engine(),
                reader.catalog(),
                reader.schema(),
                reader.identity(),
                reader.isolation(),
                new TenantScope(Set.of(), Set.of(URI.create("s3://lake/")), AccessProfile.WRITE_BACK),
                reader.userAgent(),
                reader.statementTimeout());
        ExportPorts ports = new ExportPorts(
                writer,
                new PinnedTable(FakeJobs.ROWS),
                PinnedTable::cursor,
                root -> at,
                format -> PinnedTable.format(),
                codec,
                codec,
                Optional.empty(),
                ExportTuning.standard(),
                Clock.systemUTC());
        EngineRoster standard = EngineRoster.standard();
        return new ExportService(
                ports,
                new EngineRoster(standard.allowed(), standard.unloadFrom(), Optional.of(new JobEngine(() -> jobs))));
    }
}
