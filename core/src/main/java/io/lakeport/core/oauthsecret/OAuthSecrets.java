package io.lakeport.core.oauthsecret;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.util.List;

/**
 * Port: the OAuth secrets of a workspace's service principals (Service Principal Secrets API). Its caller must be an
 * administrator of the workspace. Thread-safe. Every method throws a {@link LakeportException} as the workspace
 * answered: NOT_FOUND for a principal that is not there; PERMISSION_DENIED; UNAUTHENTICATED; UNAVAILABLE.
 */
public interface OAuthSecrets {
    /** How many secrets a service principal can have at once (Databricks documentation, "OAuth M2M"). */
    int MOST = 5;

    /** How long a secret can live (Databricks documentation, "OAuth M2M": 730 days). */
    Duration LONGEST = Duration.ofDays(730);

    /**
     * Returns the id that the workspace has for a service principal.
     *
     * @param applicationId the client id by which it signs in
     */
    String principalId(String applicationId, Deadline deadline);

    /** Returns a principal's secrets, oldest first; those that have ended are there until they are deleted. */
    List<IssuedSecret> list(String principalId, Deadline deadline);

    /**
     * Issues a secret. It is asked for once: when the answer is lost, nobody can tell whether there is one secret more,
     * whose value nobody knows.
     *
     * @param lifetime as {@link #requireLifetime} has it
     * @throws LakeportException INVALID_REQUEST when the lifetime cannot be, or the principal has {@link #MOST} secrets
     *     already; OUTCOME_UNKNOWN (CREATION_UNKNOWN) when the answer was lost, or was a failure of the service
     */
    NewSecret create(String principalId, Duration lifetime, Deadline deadline);

    /** Deletes a secret; returns whether it was there. */
    boolean delete(String principalId, String secretId, Deadline deadline);

    /**
     * Returns a lifetime that Databricks takes.
     *
     * @throws LakeportException INVALID_REQUEST when it is shorter than a day or longer than {@link #LONGEST}
     */
    static Duration requireLifetime(Duration lifetime) {
        if (lifetime.compareTo(Duration.ofDays(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "an OAuth secret cannot be asked to live for " + lifetime + "; Databricks gives it "
                            + LONGEST.toDays() + " days at most, and less than one day is no time to rotate it in");
        }
        return lifetime;
    }
}
