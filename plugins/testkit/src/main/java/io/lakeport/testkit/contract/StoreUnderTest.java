package io.lakeport.testkit.contract;

import io.lakeport.core.store.ObjectStore;

/** The store that a contract asks, and what the contract has to know of it. */
public interface StoreUnderTest {
    /** Returns a store whose root is empty; called once or more in a test, each time for the same root. */
    ObjectStore store();

    /** Returns a store of the folder that holds the root of {@link #store()} and nothing else. */
    ObjectStore surroundings();

    /** Returns how many bytes the store sends in one request; objects around that size are written. */
    default int partSize() {
        return 8 << 20;
    }

    /** Returns whether the store tells of uploads that are neither committed nor given up. */
    default boolean tellsOfUnfinished() {
        return true;
    }

    /** Returns how many uploads were begun and neither committed nor given up; 0 where the store has no such thing. */
    default int unfinishedUploads() {
        try (ObjectStore store = store()) {
            return store.unfinished().size();
        }
    }
}
