package io.lakeport.app.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.TenantDocument;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.StateError;
import io.lakeport.core.tenancy.TenancyError;
import io.lakeport.core.tenancy.TenantRecord;
import io.lakeport.core.tenancy.TenantRegistry;
import io.lakeport.core.tenancy.TenantState;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who is a tenant now: those of the configuration, and those that were created at run time. What it has seen of the
 * state store holds for a short while, so that a call costs no look-up and a change by another process is soon noticed.
 * Thread-safe.
 */
public final class TenantDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TenantDirectory.class);
    private static final int PAGE = 500;
    private static final int MOST_REMEMBERED = 50_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    /** How long a state holds that cannot be looked up again, because the store is out of reach. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final LakeportConfig config;
    private final StateParts state;
    private final Clock clock;
    private final Cache<TenantId, Seen> seen = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** What a tenant is, and how many changes its settings have seen. */
    record Known(Tenant tenant, long version) {}

    /** What was looked up at a time; the tenant is there once it was asked for. */
    private record Seen(
            long nanos,
            Optional<TenantRecord> record,
            @Nullable Known known) {}

    TenantDirectory(LakeportConfig config, StateParts state, Clock clock) {
        this.config = config;
        this.state = state;
        this.clock = clock;
    }

    /** Returns what is remembered of tenants beyond the process. */
    public TenantRegistry registry() {
        return new TenantRegistry(state.store(), clock);
    }

    /**
     * Returns a tenant that can be used now.
     *
     * @throws LakeportException NOT_FOUND when there is none of that id, or it is deleted; PERMISSION_DENIED
     *     (TENANT_SUSPENDED)
     */
    Known require(String id) {
        if (!TenantId.isLegal(id)) {
            throw config.unknown(id);
        }
        Seen now = look(TenantId.of(id));
        now.record().ifPresent(TenantRegistry::requireActive);
        return known(TenantId.of(id), now).orElseThrow(() -> config.unknown(id));
    }

    /** Returns a tenant whether it can be used or not, empty when there is none, or nothing of it is left. */
    public Optional<Tenant> find(TenantId id) {
        return known(id, look(id)).map(Known::tenant);
    }

    /** Makes the next look a fresh one. */
    public void forget(TenantId id) {
        seen.invalidate(id);
    }

    private Seen look(TenantId id) {
        Seen before = seen.getIfPresent(id);
        long now = System.nanoTime();
        if (before != null && now - before.nanos() < config.tenancy().refresh().toNanos()) {
            return before;
        }
        Seen fresh = new Seen(now, record(id, before, now), null);
        if (before != null && version(before) == version(fresh)) {
            fresh = new Seen(now, fresh.record(), before.known());
        }
        seen.put(id, fresh);
        return fresh;
    }

    private Optional<TenantRecord> record(TenantId id, @Nullable Seen before, long now) {
        try {
            return registry().find(id);
        } catch (LakeportException e) {
            if (!e.is(StateError.STATE_UNAVAILABLE) || before == null || now - before.nanos() > PATIENCE.toNanos()) {
                throw e;
            }
            LOG.warn("whether tenant '{}' is still active cannot be looked up; it is taken for what it was", id, e);
            return before.record();
        }
    }

    private static long version(Seen seen) {
        return seen.record().map(TenantRecord::version).orElse(0L);
    }

    private Optional<Known> known(TenantId id, Seen found) {
        if (found.known() != null) {
            return Optional.of(found.known());
        }
        boolean gone =
                found.record().filter(r -> r.state() == TenantState.DELETED).isPresent();
        Optional<Known> read = gone
                ? Optional.empty()
                : config.find(id.value())
                        .map(tenant -> new Known(tenant, 0))
                        .or(() -> found.record().flatMap(this::read));
        read.ifPresent(known -> seen.asMap().replace(id, found, new Seen(found.nanos(), found.record(), known)));
        return read;
    }

    private Optional<Known> read(TenantRecord record) {
        return record.settings()
                .map(text -> new Known(
                        TenantDocument.read(record.id(), text, config.tenancy().defaults()), record.version()));
    }

    /** Returns the tenant of a record, empty for one whose settings are not in it. */
    Optional<Tenant> describe(TenantRecord record) {
        return read(record).map(Known::tenant);
    }

    /** Returns the tenants that can be used now. */
    public List<Tenant> active() {
        Map<TenantId, Tenant> all = new LinkedHashMap<>(config.tenants());
        eachRecord(record -> {
            if (record.state() != TenantState.ACTIVE) {
                all.remove(record.id());
            } else if (!all.containsKey(record.id())) {
                describe(record).ifPresent(tenant -> all.put(record.id(), tenant));
            }
        });
        return List.copyOf(all.values());
    }

    /** Hands over every record there is, in the order of ids. */
    public void eachRecord(Consumer<TenantRecord> sink) {
        TenantRegistry registry = registry();
        Optional<String> after = Optional.empty();
        do {
            TenantRegistry.Page page = registry.list(after, PAGE);
            page.records().forEach(sink);
            after = page.next();
        } while (after.isPresent());
    }

    /**
     * Makes sure that a tenant does not stand in the configuration file, where alone it can be changed then.
     *
     * @param what would be done to it
     */
    public void requireNotFixed(TenantId id, String what) {
        if (config.find(id.value()).isPresent()) {
            throw new LakeportException(
                            TenancyError.TENANT_FIXED,
                            "tenant '" + id + "' stands in the configuration file, so " + what
                                    + "; take it out of the file first, or do it there")
                    .with("tenant", id.value());
        }
    }

    /** Returns the tenant, or fails when there is none of that id, whatever its state. */
    public Tenant known(String id) {
        if (!TenantId.isLegal(id)) {
            throw config.unknown(id);
        }
        return find(TenantId.of(id))
                .orElseThrow(() -> new LakeportException(
                                CoreError.UNKNOWN_TENANT,
                                String.valueOf(config.unknown(id).getMessage()))
                        .with("tenant", id));
    }
}
