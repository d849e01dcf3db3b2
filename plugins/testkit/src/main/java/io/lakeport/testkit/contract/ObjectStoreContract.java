package io.lakeport.testkit.contract;

/**
 * What every {@link io.lakeport.core.store.ObjectStore} promises. An adapter's test implements this interface and gives a
 * store with an empty root for each test.
 */
public interface ObjectStoreContract extends ObjectWritingContract, ObjectKeysContract {}
