package io.lakeport.core.state;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** State that ends with the process: for hosts that configure none, and for tests. Thread-safe. */
public final class InMemoryStateStore implements StateStore {
    private static final String HOST = "~host";

    private final Clock clock;
    private final Map<String, Space> spaces = new TreeMap<>();
    private long revision;
    private boolean closed;

    /** Creates an empty store; the clock tells when leases end. */
    public InMemoryStateStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public StateSpace of(TenantId tenant) {
        return space(tenant.value());
    }

    @Override
    public StateSpace host() {
        return space(HOST);
    }

    private synchronized Space space(String name) {
        return spaces.computeIfAbsent(name, Space::new);
    }

    private void requireOpen() {
        if (closed) {
            throw new LakeportException(CoreError.INVALID_ARGUMENT, "the state store in memory is closed");
        }
    }

    @Override
    public synchronized List<TenantId> tenants(Optional<TenantId> after, int limit) {
        requireOpen();
        if (limit < 1 || limit > KeyRange.MOST) {
            throw new IllegalArgumentException("a page has 1 to " + KeyRange.MOST + " tenants, not " + limit);
        }
        return spaces.values().stream()
                .filter(space -> !space.documents.isEmpty() && !space.name.equals(HOST))
                .filter(space -> after.map(last -> space.name.compareTo(last.value()) > 0)
                        .orElse(true))
                .limit(limit)
                .map(space -> TenantId.of(space.name))
                .toList();
    }

    @Override
    public synchronized StateStatus status() {
        requireOpen();
        Instant now = clock.instant();
        long bytes = 0;
        long documents = 0;
        long leases = 0;
        for (Space space : spaces.values()) {
            documents += space.documents.size();
            bytes += space.documents.values().stream()
                    .mapToLong(d -> d.content().length)
                    .sum();
            leases += space.leases.values().stream()
                    .filter(lease -> lease.expires().isAfter(now))
                    .count();
        }
        long tenants = spaces.values().stream()
                .filter(space -> !space.documents.isEmpty() && !space.name.equals(HOST))
                .count();
        return new StateStatus(
                "memory", "this process", "memory", 1, 1, tenants, documents, bytes, leases, List.of("this process"));
    }

    @Override
    public StateStatus migrate() {
        return status();
    }

    @Override
    public BackupInfo backup(Path file) {
        throw unsupported("backed up");
    }

    @Override
    public BackupInfo restore(Path file, boolean replace) {
        throw unsupported("restored");
    }

    private static LakeportException unsupported(String what) {
        return new LakeportException(
                CoreError.NOT_SUPPORTED,
                "state in memory cannot be " + what + "; configure 'state' with the provider embedded or postgresql");
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private final class Space implements StateSpace {
        private final String name;
        private final Map<DocumentKey, Document> documents = new TreeMap<>();
        private final Map<String, Lease> leases = new HashMap<>();
        private final Map<UUID, Long> applied = new HashMap<>();

        Space(String name) {
            this.name = name;
        }

        @Override
        public Optional<Document> get(DocumentKey key) {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                return Optional.ofNullable(documents.get(key));
            }
        }

        @Override
        public DocumentPage list(String kind, String prefix, Optional<String> after, int limit) {
            KeyRange range = KeyRange.of(kind, prefix, after, limit);
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                return range.page(documents.values().stream()
                        .filter(d -> d.key().kind().equals(kind)
                                && range.holds(d.key().key()))
                        .limit(limit + 1L)
                        .toList());
            }
        }

        @Override
        public long apply(Batch batch) {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                Long earlier = applied.get(batch.id());
                if (earlier != null) {
                    return earlier;
                }
                batch.leases().forEach(this::require);
                batch.changes().forEach(this::require);
                revision++;
                batch.changes().forEach(this::carryOut);
                applied.put(batch.id(), revision);
                return revision;
            }
        }

        private void require(Lease lease) {
            Lease held = leases.get(lease.name());
            if (held == null || held.token() != lease.token() || !held.expires().isAfter(clock.instant())) {
                throw new LakeportException(
                        StateError.LEASE_LOST,
                        "lease '" + lease.name() + "' of '" + name + "', token " + lease.token()
                                + ", is no longer held by '" + lease.owner()
                                + "': stop what it was for; whoever holds it now goes on");
            }
        }

        private void require(Change change) {
            Document there = documents.get(change.key());
            long found = there == null ? 0 : there.revision();
            if (!change.expected().accepts(found)) {
                throw new LakeportException(
                        StateError.STATE_CONFLICT,
                        "document '" + change.key() + "' of '" + name + "' "
                                + (found == 0 ? "is not there" : "is at revision " + found)
                                + ", and the change expects " + change.expected()
                                + ": someone else changed it; read it again and decide anew");
            }
        }

        private void carryOut(Change change) {
            if (change.action() == Change.Action.DELETE) {
                documents.remove(change.key());
            } else if (change.action() == Change.Action.PUT) {
                Instant now = Instant.ofEpochMilli(clock.millis());
                Document old = documents.get(change.key());
                documents.put(
                        change.key(),
                        new Document(
                                change.key(),
                                change.content().orElseThrow(),
                                revision,
                                old == null ? now : old.created(),
                                now));
            }
        }

        @Override
        public Optional<Lease> acquire(String lease, String owner, Duration ttl) {
            Lease.requireName(lease);
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                Instant now = clock.instant();
                Lease held = leases.get(lease);
                if (held != null && held.expires().isAfter(now)) {
                    return Optional.empty();
                }
                revision++;
                Lease taken = new Lease(lease, owner, revision, ttl, now.plus(ttl));
                leases.put(lease, taken);
                return Optional.of(taken);
            }
        }

        @Override
        public Optional<Lease> renew(Lease lease) {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                Lease held = leases.get(lease.name());
                if (held == null || held.token() != lease.token()) {
                    return Optional.empty();
                }
                Lease renewed = new Lease(
                        lease.name(),
                        held.owner(),
                        held.token(),
                        lease.ttl(),
                        clock.instant().plus(lease.ttl()));
                leases.put(lease.name(), renewed);
                return Optional.of(renewed);
            }
        }

        @Override
        public boolean release(Lease lease) {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                Lease held = leases.get(lease.name());
                if (held == null || held.token() != lease.token()) {
                    return false;
                }
                leases.remove(lease.name());
                return held.expires().isAfter(clock.instant());
            }
        }

        @Override
        public Optional<Lease> holder(String lease) {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                return Optional.ofNullable(leases.get(lease))
                        .filter(held -> held.expires().isAfter(clock.instant()));
            }
        }

        @Override
        public Erased erase() {
            synchronized (InMemoryStateStore.this) {
                requireOpen();
                Erased erased = new Erased(documents.size(), leases.size());
                documents.clear();
                leases.clear();
                return erased;
            }
        }
    }
}
