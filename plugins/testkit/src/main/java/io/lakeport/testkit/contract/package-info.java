/**
 * What every implementation of a port must do, as interfaces whose default methods are tests. A test class of an adapter
 * implements one, supplies the adapter, and so runs them.
 */
@NullMarked
package io.lakeport.testkit.contract;

import org.jspecify.annotations.NullMarked;
