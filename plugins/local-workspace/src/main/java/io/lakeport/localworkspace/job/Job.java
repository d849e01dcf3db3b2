package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import java.time.Instant;

/**
 * A job.
 *
 * @param id its id
 * @param owner application id of who created it, and whom it runs as
 * @param ownerId numeric id of that principal
 * @param settings its settings as the API's document, defaults filled in; not to be changed
 * @param createdAt when it was created
 */
public record Job(long id, String owner, long ownerId, ObjectNode settings, Instant createdAt) {
    Job with(ObjectNode changed) {
        return new Job(id, owner, ownerId, changed, createdAt);
    }

    static Job of(Principal principal, ObjectNode settings, Instant now) {
        return new Job(RunIds.next(), principal.applicationId(), principal.id(), settings, now);
    }
}
