import org.jspecify.annotations.NullMarked;

/** Composition root: finds providers, wires them, guards them, and gives hosts one facade. */
@NullMarked
module io.lakeport.app {
    requires transitive io.lakeport.core;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires com.google.guice;
    // For the storage adapter: an automatic module, as it is, does not bring an explicit one along.
    requires com.zaxxer.hikari;
    requires info.picocli;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.ratelimiter;
    requires jakarta.inject;
    requires java.logging;
    requires org.slf4j;

    exports io.lakeport.app;
    exports io.lakeport.app.cache;
    exports io.lakeport.app.config;
    exports io.lakeport.app.guard;
    exports io.lakeport.app.plugin;

    opens io.lakeport.app.cli to
            info.picocli;
    opens io.lakeport.app.wiring to
            com.google.guice;

    uses io.lakeport.core.audit.AuditSourceProvider;
    uses io.lakeport.core.audit.LedgerProvider;
    uses io.lakeport.core.auth.IdTokenProvider;
    uses io.lakeport.core.auth.SignInCheckProvider;
    uses io.lakeport.core.auth.TokenCacheProvider;
    uses io.lakeport.core.auth.TokenSourceProvider;
    uses io.lakeport.core.connector.ConnectorPlugin;
    uses io.lakeport.core.export.journal.JournalCodec;
    uses io.lakeport.core.intake.IntakeCipher;
    uses io.lakeport.core.job.JobDeployerProvider;
    uses io.lakeport.core.manifest.ManifestCodec;
    uses io.lakeport.core.store.ObjectStoreProvider;
    uses io.lakeport.core.format.TableWriterProvider;
    uses io.lakeport.core.network.NetworkProvider;
    uses io.lakeport.core.query.WarehouseProvider;
    uses io.lakeport.core.secret.KeyProvider;
    uses io.lakeport.core.secret.SecretVaultProvider;
    uses io.lakeport.core.state.StateStoreProvider;
    uses io.lakeport.core.simulator.WorkspaceSimulatorProvider;
    uses io.lakeport.core.workspace.ControlPlaneProvider;
}
