package io.lakeport.storage.part;

import io.lakeport.storage.option.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What writing to one store may take.
 *
 * @param partSize bytes of the first parts of an object
 * @param memory most bytes in memory, of all objects together
 * @param threads most parts on their way at once, of all objects together
 * @param inFlight most parts of one object on their way at once
 * @param patient whether a writer waits for memory before content is put in a temporary file
 * @param spillDirectory where that file is; empty when content must not touch this machine's disk
 */
public record TransferLimits(
        long partSize, long memory, int threads, int inFlight, boolean patient, Optional<Path> spillDirectory) {
    /** The options that {@link #of} reads. */
    public static final Set<String> OPTIONS =
            Set.of("part_size", "upload_memory", "upload_threads", "parts_in_flight", "spill_directory");

    /** As {@code spill_directory}: no file at all. */
    private static final String OFF = "off";

    private static final long MIB = 1 << 20;
    private static final int PARTS_OF_A_SIZE = 1_000;

    public TransferLimits {
        if (partSize < 1 || threads < 1 || inFlight < 1) {
            throw new IllegalArgumentException("limits of a transfer are positive");
        }
    }

    /**
     * Reads the options {@code part_size} (bytes, at least {@code least}, default 8 MiB), {@code upload_memory} (bytes,
     * default 24 MiB), {@code upload_threads} (default 4), {@code parts_in_flight} (default 3) and
     * {@code spill_directory} (default: the JVM's directory for temporary files; {@code off} for none).
     */
    public static TransferLimits of(Options options, long least) {
        return new TransferLimits(
                options.number("part_size", least, Math.max(least, 8 * MIB)),
                options.number("upload_memory", MIB, 24 * MIB),
                (int) Math.min(64, options.number("upload_threads", 1, 4)),
                (int) Math.min(64, options.number("parts_in_flight", 1, 3)),
                true,
                Optional.of(options.text("spill_directory").orElse(System.getProperty("java.io.tmpdir")))
                        .filter(text -> !text.equals(OFF))
                        .map(Path::of));
    }

    /** Returns this for objects that are sent whole: waiting for each other would stop their writers. */
    public TransferLimits impatient() {
        return new TransferLimits(partSize, memory, threads, inFlight, false, spillDirectory);
    }

    /**
     * Returns the most bytes of a part, which grows so that few parts make a large object: 1,000 parts of a size before
     * they are twice as large, so that 10,000 of 8 MiB and more make 8 TiB.
     *
     * @param number counts from 1
     * @param largest that the store takes
     */
    public long partSize(int number, long largest) {
        int doublings = Math.min(32, (number - 1) / PARTS_OF_A_SIZE);
        return Math.min(largest, partSize << doublings);
    }
}
