package io.lakeport.app;

/**
 * Bytes of results and exports that a process holds in flight.
 *
 * @param capacity ceiling in bytes
 * @param used bytes held now
 * @param peak most bytes ever held at once
 */
public record MemoryUse(long capacity, long used, long peak) {}
