package io.lakeport.localworkspace.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.directory.PrincipalKind;
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

    /** Returns whom it runs as when nobody starts it. */
    Principal runsAs() {
        // The owner of a job is a user by its e-mail address, or a service principal by its application id.
        boolean service = owner.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        return new Principal(ownerId, owner, owner, service ? PrincipalKind.SERVICE_PRINCIPAL : PrincipalKind.USER);
    }

    static Job of(Principal principal, ObjectNode settings, Instant now) {
        return new Job(RunIds.next(), principal.applicationId(), principal.id(), settings, now);
    }
}
