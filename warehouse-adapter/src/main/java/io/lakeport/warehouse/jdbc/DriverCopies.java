package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.UserAgentEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One copy of the driver for each User-Agent entry in use, at most so many at a time: a copy takes tens of megabytes of
 * classes. Copies that nobody uses are kept until their place is needed. Thread-safe.
 */
final class DriverCopies {
    /** Enough for a vendor's products and versions; a host with more entries than this uses {@code sea}. */
    static final int MOST = 8;

    private static final DriverCopies SHARED = new DriverCopies(MOST, IsolatedDriver::load);

    private final int most;
    private final Function<UserAgentEntry, IsolatedDriver> factory;
    private final Map<UserAgentEntry, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    DriverCopies(int most, Function<UserAgentEntry, IsolatedDriver> factory) {
        this.most = most;
        this.factory = factory;
    }

    /** Returns the copies of this JVM. */
    static DriverCopies shared() {
        return SHARED;
    }

    private static final class Copy {
        private final IsolatedDriver driver;
        private int leases;

        Copy(IsolatedDriver driver) {
            this.driver = driver;
        }
    }

    /** Returns the copy of that entry, which stays until {@link #release}. */
    synchronized IsolatedDriver lease(UserAgentEntry entry) {
        Copy copy = copies.get(entry);
        if (copy == null) {
            makeRoom(entry);
            copy = new Copy(factory.apply(entry));
            copies.put(entry, copy);
        }
        copy.leases++;
        return copy.driver;
    }

    private void makeRoom(UserAgentEntry entry) {
        if (copies.size() < most) {
            return;
        }
        UserAgentEntry idle = copies.entrySet().stream()
                .filter(each -> each.getValue().leases == 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.RATE_LIMITED,
                        "engine 'jdbc' serves " + most + " User-Agent entries at a time, and all are in use, so '"
                                + entry
                                + "' has to wait; close warehouses that are not needed, or use engine 'sea', which has"
                                + " no such limit"));
        Copy gone = copies.remove(idle);
        if (gone != null) {
            gone.driver.close();
        }
    }

    /** Says that a lease is over. */
    synchronized void release(UserAgentEntry entry) {
        Copy copy = copies.get(entry);
        if (copy != null) {
            copy.leases--;
        }
    }

    synchronized int size() {
        return copies.size();
    }
}
