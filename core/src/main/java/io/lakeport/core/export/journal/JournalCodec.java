package io.lakeport.core.export.journal;

/**
 * SPI: turns the records of a run into bytes and back. Found by {@link java.util.ServiceLoader}; thread-safe. Each
 * {@code decode} method throws a {@link io.lakeport.core.error.LakeportException} of category INVALID_REQUEST that names
 * origin and place when the bytes are no such record, or one of a newer version.
 */
public interface JournalCodec {
    /** Returns the record as bytes that a person can read. */
    byte[] encode(RunPlan plan);

    /** Returns the record as bytes that a person can read. */
    byte[] encode(RunAttempt attempt);

    /** Returns the record as bytes that a person can read. */
    byte[] encode(Segment segment);

    /** Returns the record in the bytes; {@code origin} says where they came from. */
    RunPlan decodePlan(byte[] bytes, String origin);

    /** Returns the record in the bytes; {@code origin} says where they came from. */
    RunAttempt decodeAttempt(byte[] bytes, String origin);

    /** Returns the record in the bytes; {@code origin} says where they came from. */
    Segment decodeSegment(byte[] bytes, String origin);
}
