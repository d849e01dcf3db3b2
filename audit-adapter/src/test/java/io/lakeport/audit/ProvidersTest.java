package io.lakeport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.audit.AuditSourceProvider;
import io.lakeport.core.audit.LedgerProvider;
import io.lakeport.core.job.JobDeployerProvider;
import io.lakeport.core.workspace.ControlPlaneProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void serviceLoader_findsEveryProviderByItsName() {
        assertThat(ServiceLoader.load(AuditSourceProvider.class))
                .extracting(AuditSourceProvider::name)
                .containsExactlyInAnyOrder("rest", "system-tables");
        assertThat(ServiceLoader.load(LedgerProvider.class))
                .extracting(LedgerProvider::name)
                .containsExactly("jsonl");
        assertThat(ServiceLoader.load(JobDeployerProvider.class))
                .extracting(JobDeployerProvider::name)
                .containsExactly("databricks-sdk");
        assertThat(ServiceLoader.load(ControlPlaneProvider.class))
                .extracting(ControlPlaneProvider::name)
                .containsExactly("databricks-sdk");
    }
}
