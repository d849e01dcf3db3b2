package io.lakeport.localworkspace.fault;

import java.time.Instant;

/**
 * One firing of a fault.
 *
 * @param at when
 * @param fault id of the fault
 * @param kind what it did
 * @param target what it met: method and path of a request, {@code statement}, {@code session}, {@code link} or the
 *     Thrift method; never a statement's text
 */
public record FaultFired(Instant at, String fault, String kind, String target) {}
