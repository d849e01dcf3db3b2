package io.lakeport.core.rotation;

import java.util.Set;

/**
 * What is asked of a rotation.
 *
 * @param now whether to rotate although it is not due, or was put off after a failure
 * @param delete ids of secrets of the service principal to delete first, which makes room where it has five
 */
public record RotationRequest(boolean now, Set<String> delete) {
    public RotationRequest {
        delete = Set.copyOf(delete);
    }

    /** Rotates when it is due. */
    public static RotationRequest whenDue() {
        return new RotationRequest(false, Set.of());
    }

    /** Rotates now. */
    public static RotationRequest atOnce() {
        return new RotationRequest(true, Set.of());
    }
}
