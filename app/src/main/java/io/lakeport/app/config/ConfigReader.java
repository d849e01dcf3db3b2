package io.lakeport.app.config;

import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.tenant.UserAgentEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads Lakeport's own document. */
final class ConfigReader {
    private final Path folder;
    private final SecretReader secrets;
    private final List<String> warnings = new ArrayList<>();

    ConfigReader(Path folder, SecretReader secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    LakeportConfig read(JsonValue value) {
        ConfigObject root = ConfigObject.of(value, ConfigKeys.ROOT);
        TenantDefaults defaults = section(root, "defaults", ConfigKeys.DEFAULTS)
                .map(ConfigReader::defaults)
                .orElseGet(TenantDefaults::standard);
        TenantReader reader = new TenantReader(secrets, defaults);
        Map<TenantId, Tenant> tenants = new LinkedHashMap<>();
        Map<TenantId, SourceSettings> sources = new LinkedHashMap<>();
        root.require("tenants", "one member for each customer").object().forEach((id, member) -> {
            Tenant tenant = reader.read(id, member);
            tenants.put(tenant.id(), tenant);
            Optional.ofNullable(member.object().get("source"))
                    .ifPresent(source -> sources.put(tenant.id(), reader.source(source, warnings)));
        });
        return new LakeportConfig(
                tenants,
                sources,
                stores(root),
                section(root, "memory", ConfigKeys.MEMORY)
                        .map(ConfigReader::memory)
                        .orElseGet(MemorySettings::defaults),
                section(root, "ledger", ConfigKeys.LEDGER).map(this::ledger).orElseGet(LedgerSettings::inMemory),
                section(root, "exports", ConfigKeys.EXPORTS).map(this::exports).orElseGet(ExportSettings::defaults),
                section(root, "state", ConfigKeys.STATE).map(this::state).orElseGet(StateSettings::inMemory),
                section(root, "vault", ConfigKeys.VAULT).map(this::vault),
                section(root, "tenancy", ConfigKeys.TENANCY)
                        .map(part -> tenancy(part, defaults))
                        .orElseGet(() -> TenancySettings.of(defaults)),
                root.list("plugin_directories").stream()
                        .map(path -> folder.resolve(path.string()))
                        .toList(),
                section(root, "guards", ConfigKeys.GUARDS)
                        .map(ConfigReader::guards)
                        .orElseGet(GuardSettings::defaults),
                warnings);
    }

    private static Optional<ConfigObject> section(ConfigObject parent, String key, java.util.Set<String> known) {
        return parent.find(key).map(value -> ConfigObject.of(value, known));
    }

    private static TenantDefaults defaults(ConfigObject object) {
        TenantDefaults standard = TenantDefaults.standard();
        return new TenantDefaults(
                object.text("engine").orElse(standard.engine()),
                object.read("user_agent", UserAgentEntry::parse).orElse(standard.userAgent()),
                object.read("statement_timeout", Quantity::duration).orElse(standard.statementTimeout()),
                object.find("isolation").map(TenantReader::isolation).orElse(standard.isolation()));
    }

    private Map<String, StoreSettings> stores(ConfigObject root) {
        Map<String, StoreSettings> stores = new LinkedHashMap<>();
        root.find("stores").map(JsonValue::object).orElse(Map.of()).forEach((name, value) -> {
            ConfigObject store = ConfigObject.of(value, ConfigKeys.STORE);
            JsonValue place = store.require("root", "the URI below which these settings hold");
            stores.put(
                    name,
                    ConfigObject.located(
                            place,
                            () -> new StoreSettings(
                                    TenantReader.uri(place),
                                    store.texts("properties"),
                                    secrets.all(store, "secrets"))));
        });
        return stores;
    }

    private static MemorySettings memory(ConfigObject object) {
        MemorySettings standard = MemorySettings.defaults();
        long process = object.read("process", Quantity::bytes).orElse(standard.process());
        long statement = object.read("statement", Quantity::bytes).orElse(Math.min(process, standard.statement()));
        long cache = object.read("cache", Quantity::bytes).orElse(standard.cache());
        return ConfigObject.located(object.value(), () -> new MemorySettings(process, statement, cache));
    }

    private LedgerSettings ledger(ConfigObject object) {
        return new LedgerSettings(
                object.text("provider").orElse(LedgerSettings.inMemory().provider()),
                object.text("directory").map(folder::resolve));
    }

    private StateSettings state(ConfigObject object) {
        return new StateSettings(
                object.require("provider", "embedded, postgresql or another that is installed")
                        .string(),
                object.texts("properties"),
                secrets.all(object, "secrets"),
                folder);
    }

    private VaultSettings vault(ConfigObject object) {
        return new VaultSettings(
                object.require("keys", "file, variable, aws-kms or another key provider that is installed")
                        .string(),
                object.texts("properties"),
                secrets.all(object, "secrets"),
                folder);
    }

    private TenancySettings tenancy(ConfigObject object, TenantDefaults defaults) {
        TenancySettings standard = TenancySettings.of(defaults);
        return ConfigObject.located(
                object.value(),
                () -> new TenancySettings(
                        defaults,
                        object.read("refresh", Quantity::duration).orElse(standard.refresh()),
                        object.count("most_active", 1).orElse(standard.mostActive()),
                        object.read("idle", Quantity::duration).orElse(standard.idle()),
                        object.find("principal_reuse")
                                .map(value -> TenantReader.constant(value, TenancySettings.PrincipalReuse.class))
                                .orElse(standard.principalReuse()),
                        object.find("proof_key").map(secrets::secret)));
    }

    private ExportSettings exports(ConfigObject object) {
        ExportSettings standard = ExportSettings.defaults();
        Set<EngineChoice> engines = object.find("engines").isEmpty()
                ? standard.engines()
                : object.list("engines").stream().map(ConfigReader::engine).collect(Collectors.toSet());
        return ConfigObject.located(
                object.value(),
                () -> new ExportSettings(
                        object.find("signing_key").map(secrets::secret),
                        engines,
                        object.read("unload_from", Quantity::bytes).orElse(standard.unloadFrom()),
                        object.count("lanes", 1),
                        object.read("segment_bytes", Quantity::bytes).orElse(standard.segmentBytes()),
                        object.read("memory", Quantity::bytes),
                        object.text("scratch")
                                .filter(text -> !text.equals("off"))
                                .map(folder::resolve),
                        object.read("residency", Residency::parse).orElse(standard.residency())));
    }

    private static EngineChoice engine(JsonValue member) {
        for (EngineChoice known : EngineChoice.values()) {
            if (known != EngineChoice.AUTO && known.text().equals(member.string())) {
                return known;
            }
        }
        throw member.error("'" + member.string() + "' is no engine of exports; use stream, unload or job");
    }

    private static GuardSettings guards(ConfigObject object) {
        GuardSettings standard = GuardSettings.defaults();
        Map<String, Integer> rates = new LinkedHashMap<>(standard.ratePerSecond());
        object.find("rate_per_second").ifPresent(value -> {
            ConfigObject families = ConfigObject.of(value, value.object().keySet());
            value.object().keySet().forEach(name -> families.count(name, 1).ifPresent(n -> rates.put(name, n)));
        });
        return new GuardSettings(
                object.count("max_concurrent", 1).orElse(standard.maxConcurrent()),
                rates,
                section(object, "retry", ConfigKeys.RETRY)
                        .map(part -> retry(part, standard.retry()))
                        .orElse(standard.retry()),
                section(object, "circuit", ConfigKeys.CIRCUIT)
                        .map(part -> circuit(part, standard.circuit()))
                        .orElse(standard.circuit()));
    }

    private static GuardSettings.Retry retry(ConfigObject part, GuardSettings.Retry standard) {
        Function<String, Optional<java.time.Duration>> time = key -> part.read(key, Quantity::duration);
        return ConfigObject.located(
                part.value(),
                () -> new GuardSettings.Retry(
                        part.count("max_attempts", 1).orElse(standard.maxAttempts()),
                        time.apply("initial_backoff").orElse(standard.initialBackoff()),
                        time.apply("max_backoff").orElse(standard.maxBackoff()),
                        time.apply("max_retry_after").orElse(standard.maxRetryAfter()),
                        time.apply("lookup").orElse(standard.lookup())));
    }

    private static GuardSettings.Circuit circuit(ConfigObject part, GuardSettings.Circuit standard) {
        return ConfigObject.located(
                part.value(),
                () -> new GuardSettings.Circuit(
                        part.count("failure_rate_percent", 1).orElse(standard.failureRatePercent()),
                        part.count("window", 1).orElse(standard.window()),
                        part.count("minimum_calls", 1).orElse(standard.minimumCalls()),
                        part.read("open_for", Quantity::duration).orElse(standard.openFor())));
    }
}
