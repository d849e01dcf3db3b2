package io.lakeport.storage.partition;

/** What stands around the rows of one file; each file has its own. */
public interface FileFrame {
    /** Adds what the file begins with. */
    void begin(GrowingBytes out);

    /** Adds what the file ends with. */
    default void end(GrowingBytes out) {}
}
