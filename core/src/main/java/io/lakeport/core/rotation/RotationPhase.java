package io.lakeport.core.rotation;

/** How far a rotation has come; each is on disk before the next one begins. */
public enum RotationPhase {
    /** A secret is about to be created; which ones there were before is written down. */
    PLANNED,
    /** Databricks has created it. */
    CREATED,
    /** The vault has it, under a name that no sign-in looks at. */
    SEALED,
    /** A sign-in with it worked. */
    TRIED,
    /** Sign-ins use it; the old one still works. */
    SWITCHED,
    /** The old one is gone. */
    DONE,
    /** The new one was refused, and is being taken back. */
    UNDOING,
    /** It was taken back, and the old one serves on. */
    UNDONE;

    /** Returns whether nothing is under way. */
    public boolean isOver() {
        return this == DONE || this == UNDONE;
    }
}
