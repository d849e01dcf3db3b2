package io.lakeport.core.rotation;

/** Is told of each step of a rotation after it was written down. It must be quick, and must not throw. */
@FunctionalInterface
public interface RotationListener {
    /** Does nothing: what happens is logged in any case. */
    RotationListener NONE = (subject, phase, text) -> {};

    /**
     * A step was made.
     *
     * @param text what happened, for people; it holds no secret
     */
    void happened(RotationSubject subject, RotationPhase phase, String text);
}
