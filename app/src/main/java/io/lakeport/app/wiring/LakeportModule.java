package io.lakeport.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import io.lakeport.app.cache.ResultCache;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.guard.CallCounts;
import io.lakeport.app.guard.ResilienceGuard;
import io.lakeport.app.plugin.PluginHost;
import io.lakeport.app.plugin.ProviderKind;
import io.lakeport.app.plugin.Providers;
import io.lakeport.app.running.FileRunningStatements;
import io.lakeport.core.arrow.ArrowRowCursor;
import io.lakeport.core.audit.InMemoryLedger;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.auth.TokenCacheProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.RunningStatements;
import io.lakeport.core.warehouse.WarehouseStarts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says how the parts of a process are made. What must be closed is handed to the closer when it is made.
 *
 * <p>Bindings to providers and not methods marked {@code @Provides}: for those Guice writes classes at run time, which
 * takes a third of the time that a host waits for the start.
 */
final class LakeportModule extends AbstractModule {
    /** Entries of each tenant that are remembered where no ledger is configured. */
    private static final int LEDGER_IN_MEMORY = 10_000;

    private final LakeportConfig config;
    private final List<Path> pluginDirectories;
    private final Clock clock;
    private final Closer closer;
    private final HostParts host;

    LakeportModule(LakeportConfig config, List<Path> pluginDirectories, Clock clock, Closer closer, HostParts host) {
        this.host = host;
        this.config = config;
        this.pluginDirectories = pluginDirectories;
        this.clock = clock;
        this.closer = closer;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireExactBindingAnnotations();
        binder().disableCircularProxies();
        bind(LakeportConfig.class).toInstance(config);
        bind(Clock.class).toInstance(clock);
        CallCounts counts = new CallCounts();
        bind(CallCounts.class).toInstance(counts);
        Provider<Providers> providers = getProvider(Providers.class);
        make(Providers.class, this::providers);
        make(Guard.class, () -> new ResilienceGuard(config.guards(), counts, clock));
        make(
                MemoryBudget.class,
                () -> MemoryBudget.of("process", config.memory().process()));
        make(TokenCache.class, () -> tokenCache(providers.get()));
        make(StatementLedger.class, () -> ledger(providers.get()));
        make(RunningStatements.class, this::running);
        make(StateParts.class, () -> closer.add(new StateParts(config, providers.get(), clock, host.users())));
        Provider<StateParts> state = getProvider(StateParts.class);
        Provider<RunningStatements> running = getProvider(RunningStatements.class);
        make(
                ResultCache.class,
                () -> closer.add(new ResultCache(config.memory().cache(), ArrowRowCursor::over, clock)));
        Provider<ResultCache> results = getProvider(ResultCache.class);
        Provider<Guard> guard = getProvider(Guard.class);
        Provider<MemoryBudget> memory = getProvider(MemoryBudget.class);
        Provider<TokenCache> cache = getProvider(TokenCache.class);
        Provider<StatementLedger> ledger = getProvider(StatementLedger.class);
        make(
                SharedParts.class,
                () -> new SharedParts(
                        config,
                        providers.get(),
                        guard.get(),
                        counts,
                        memory.get(),
                        cache.get(),
                        ledger.get(),
                        running.get(),
                        new WarehouseStarts(),
                        results.get(),
                        state.get(),
                        new TenantDirectory(config, state.get(), clock),
                        new Budgets(clock),
                        ArrowRowCursor::over,
                        clock));
        Provider<SharedParts> shared = getProvider(SharedParts.class);
        make(Tenants.class, () -> closer.add(new Tenants(config, shared.get())));
    }

    private <T> void make(Class<T> type, Provider<T> maker) {
        bind(type).toProvider(maker).in(Scopes.SINGLETON);
    }

    private Providers providers() {
        List<Path> directories = new ArrayList<>(config.pluginDirectories());
        pluginDirectories.stream().filter(path -> !directories.contains(path)).forEach(directories::add);
        Providers found = closer.add(PluginHost.find(directories));
        host.authMethods().forEach(method -> found.add(ProviderKind.TOKEN_SOURCE, method));
        host.idTokens().forEach(tokens -> found.add(ProviderKind.ID_TOKENS, tokens));
        return found;
    }

    private TokenCache tokenCache(Providers providers) {
        Optional<TokenCacheProvider> provider =
                providers.all(ProviderKind.TOKEN_CACHE).values().stream().findFirst();
        return closer.add(provider.orElseThrow(() -> new LakeportException(
                        CoreError.PROVIDER_MISSING,
                        "there is no token cache; put the lakeport-auth jar on the class path or module path"))
                .open(clock));
    }

    /** Beside the ledger: both outlive the process, and neither holds SQL text. */
    private RunningStatements running() {
        return closer.add(config.ledger()
                .directory()
                .<RunningStatements>map(directory -> new FileRunningStatements(directory.resolve("running")))
                .orElse(RunningStatements.NONE));
    }

    private StatementLedger ledger(Providers providers) {
        return closer.add(config.ledger()
                .directory()
                .map(directory -> providers
                        .require(ProviderKind.LEDGER, config.ledger().provider())
                        .open(directory))
                .orElseGet(() -> new InMemoryLedger(LEDGER_IN_MEMORY)));
    }
}
