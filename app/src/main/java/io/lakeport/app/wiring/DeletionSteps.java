package io.lakeport.app.wiring;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SecretVault;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.tenancy.DeletionStep;
import io.lakeport.core.tenancy.RemovedPart;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a deletion, in their order: what needs the tenant's credential comes before its secrets go, and what
 * remembers how to reach the tenant goes last.
 */
final class DeletionSteps {
    private final TenantEnding ending;
    private final SharedParts shared;
    private final boolean emptyPrefixes;

    DeletionSteps(TenantEnding ending, boolean emptyPrefixes) {
        this.ending = ending;
        this.shared = ending.shared();
        this.emptyPrefixes = emptyPrefixes;
    }

    private interface Work {
        RemovedPart run(String name, TenantId tenant, Deadline deadline);
    }

    private static DeletionStep step(String name, Work work) {
        return new DeletionStep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public RemovedPart run(TenantId tenant, Deadline deadline) {
                return work.run(name, tenant, deadline);
            }
        };
    }

    List<DeletionStep> all() {
        return List.of(
                step("statements", this::statements),
                step("objects", this::objects),
                step("caches", this::caches),
                step(
                        "user-credentials",
                        (name, tenant, deadline) -> RemovedPart.of(
                                name,
                                shared.state().users().forget(tenant),
                                "credentials of users, and sign-ins they began")),
                step("secrets", this::secrets),
                step("state", this::state),
                step(
                        "ledger",
                        (name, tenant, deadline) -> RemovedPart.of(
                                name, shared.ledger().remove(tenant, Instant.MAX), "entries of statements")));
    }

    private RemovedPart statements(String name, TenantId tenant, Deadline deadline) {
        TenantEnding.Ended ended = ending.statements(tenant, deadline);
        return new RemovedPart(
                name,
                ended.ended(),
                ended.statements().stream().map(DeletionSteps::sha256).toList(),
                "ended, and terminal on the server; digests of their ids");
    }

    private RemovedPart objects(String name, TenantId tenant, Deadline deadline) {
        Optional<Tenant> settings = shared.directory().find(tenant);
        long prefixes =
                settings.map(known -> known.scope().objectPrefixes().size()).orElse(0);
        if (!emptyPrefixes || prefixes == 0) {
            return RemovedPart.of(name, 0, prefixes + " prefixes left as they are, as was asked for");
        }
        TenantParts parts = ending.parts(settings.orElseThrow());
        try {
            long removed = 0;
            for (URI prefix : parts.tenant().scope().objectPrefixes()) {
                removed += empty(parts, prefix, deadline);
            }
            return RemovedPart.of(name, removed, "objects below " + prefixes + " prefixes, which are empty now");
        } finally {
            parts.close();
        }
    }

    private static long empty(TenantParts parts, URI prefix, Deadline deadline) {
        try (ObjectStore store = parts.store(prefix)) {
            List<ObjectInfo> objects = store.list("");
            for (ObjectInfo object : objects) {
                deadline.check(
                        "emptying the prefixes of tenant '" + parts.tenant().id() + "'");
                store.delete(object.key());
            }
            store.unfinished().forEach(store::abort);
            return objects.size();
        }
    }

    private RemovedPart caches(String name, TenantId tenant, Deadline deadline) {
        shared.cache().forget(tenant);
        shared.results().forget(tenant);
        shared.counts().forget(tenant.value());
        shared.budgets().forget(tenant);
        shared.directory().forget(tenant);
        return RemovedPart.of(
                name,
                0,
                "tokens, results and counts in the memory of this process; others drop theirs within "
                        + shared.config().tenancy().refresh().toMillis() + " ms of their next call");
    }

    /** Receipts are kept with the tenant's documents, which go next: what they say is taken into the proof. */
    private RemovedPart secrets(String name, TenantId tenant, Deadline deadline) {
        if (shared.config().vault().isEmpty()) {
            return RemovedPart.of(name, 0, "there is no vault, so none was sealed");
        }
        SecretVault vault = shared.state().vault();
        DestructionReceipt unused = vault.destroyAll(tenant);
        List<DestructionReceipt> receipts = vault.receipts(tenant);
        long destroyed = receipts.stream()
                .mapToLong(receipt -> receipt.destroyed().size())
                .sum();
        return new RemovedPart(
                name,
                destroyed,
                receipts.stream().map(DestructionReceipt::proof).toList(),
                "destroyed with their data keys, all that there ever were; proofs of the receipts");
    }

    private RemovedPart state(String name, TenantId tenant, Deadline deadline) {
        StateSpace.Erased erased = shared.state().store().of(tenant).erase();
        return RemovedPart.of(name, erased.documents(), "documents, and " + erased.leases() + " leases");
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new LakeportException(io.lakeport.core.error.CoreError.INTERNAL, "every JDK has SHA-256", e);
        }
    }
}
