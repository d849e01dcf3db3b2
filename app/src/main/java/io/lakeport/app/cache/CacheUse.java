package io.lakeport.app.cache;

/**
 * What the result cache did for one tenant since the start.
 *
 * @param hits results given from memory
 * @param misses results that were asked for, could have been there and were not
 * @param bypassed results that were asked for and can never be there: of statements that are not cacheable
 * @param refused results that were read and not kept: too large, or their tables changed meanwhile
 * @param evictions results dropped for room, for age, or because their tables changed
 * @param entries results there now
 * @param bytes they take now, and those that readers still hold
 */
public record CacheUse(long hits, long misses, long bypassed, long refused, long evictions, long entries, long bytes) {}
