package io.lakeport.core.tenancy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.state.Lease;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a tenant step by step. Each step is written down when it is done, and a deletion that was broken off, by a
 * failure or by the end of its process, goes on with the first step that is not. One process at a time works on a
 * tenant: it holds a lease, and writes only while it still holds it. Thread-safe.
 */
public final class TenantDeletion {
    private static final Logger LOG = LoggerFactory.getLogger(TenantDeletion.class);
    /** A process that dies holds the others up for so long. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final TenantRegistry registry;
    private final List<DeletionStep> steps;
    private final Optional<Secret> key;
    private final String owner;

    /**
     * Creates deletions of those steps, in that order.
     *
     * @param key under which proofs are signed, empty for proofs that are digested only
     * @param owner who works, for people: host and process
     */
    public TenantDeletion(TenantRegistry registry, List<DeletionStep> steps, Optional<Secret> key, String owner) {
        this.registry = registry;
        this.steps = List.copyOf(steps);
        this.key = key;
        this.owner = Lease.requireOwner(owner);
    }

    /**
     * Deletes a tenant, or goes on with its deletion. Idempotent: of one that is deleted the proof is returned.
     *
     * @param reason for people; forgotten with the tenant
     * @param deadline for all steps together
     * @throws LakeportException CONFLICT (TENANT_CHANGED) while another process deletes it; as a step threw it, and the
     *     tenant stays between being there and being gone until it is asked for again
     */
    public DeletionProof run(TenantId id, String reason, Deadline deadline) {
        Optional<DeletionProof> done = registry.find(id).flatMap(TenantRecord::proof);
        if (done.isPresent()) {
            // The process that wrote the proof may have died before it came to this.
            registry.eraseSpace(id);
            return done.get();
        }
        String name = "tenant-deletion/" + id;
        Lease lease = registry.space().acquire(name, owner, LEASE).orElseThrow(() -> busy(id, name));
        try {
            return finish(registry.beginDeletion(id, reason), lease, deadline);
        } finally {
            boolean unused = registry.space().release(lease);
        }
    }

    private LakeportException busy(TenantId id, String name) {
        String who = registry.space().holder(name).map(Lease::owner).orElse("another process");
        return new LakeportException(
                        TenancyError.TENANT_CHANGED,
                        "tenant '" + id + "' is being deleted by " + who + "; wait for it, or for " + LEASE.toMinutes()
                                + " minutes if it has died, and ask again")
                .with("tenant", id.value());
    }

    private DeletionProof finish(TenantRecord begun, Lease first, Deadline deadline) {
        if (begun.proof().isPresent()) {
            return begun.proof().get();
        }
        TenantRecord record = begun;
        Lease lease = first;
        List<RemovedPart> parts = new ArrayList<>(begun.removed());
        for (DeletionStep step : steps) {
            if (parts.stream().noneMatch(part -> part.name().equals(step.name()))) {
                deadline.check("the deletion of tenant '" + begun.id() + "'");
                RemovedPart part = step.run(begun.id(), deadline);
                parts.add(part);
                lease = registry.space().renew(lease).orElse(lease);
                record = registry.removed(record, parts, lease);
                LOG.info("deletion of tenant '{}': {} {} removed", begun.id(), part.count(), part.name());
            }
        }
        DeletionProof proof = DeletionProof.of(begun.id(), registry.now(), parts, key);
        TenantRecord unused = registry.finish(record, proof, lease);
        registry.eraseSpace(begun.id());
        return proof;
    }
}
