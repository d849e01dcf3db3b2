/** Faults on demand: what goes wrong, when, and how often, so that a client's recovery can be tested and replayed. */
@NullMarked
package io.lakeport.localworkspace.fault;

import org.jspecify.annotations.NullMarked;
