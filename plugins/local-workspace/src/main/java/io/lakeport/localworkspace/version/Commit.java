package io.lakeport.localworkspace.version;

import java.time.Instant;

/**
 * What time travel needs to know of a commit.
 *
 * @param version its number, from 0
 * @param time when it was made, to the millisecond; later commits have later times
 * @param generation which physical form of the table holds its rows
 * @param definitionVersion the commit that last changed the table's definition, at most this one
 * @param replaced whether it put new rows in the place of all that were there, in a new generation
 */
record Commit(long version, Instant time, long generation, long definitionVersion, boolean replaced) {}
