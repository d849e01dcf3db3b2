package io.lakeport.storage.state;

/**
 * What a transaction writes beside its data.
 *
 * @param revision larger than every one before it
 * @param millis the store's time
 */
record Stamp(long revision, long millis) {}
