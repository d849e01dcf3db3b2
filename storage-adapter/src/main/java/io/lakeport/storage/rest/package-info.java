/** Stores and token services that are reached by plain HTTP: one client, one guard, one way to fail. */
@NullMarked
package io.lakeport.storage.rest;

import org.jspecify.annotations.NullMarked;
