package io.lakeport.warehouse.result;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.warehouse.http.Unreachable;

/**
 * How often the storage could not be reached for one chunk, and whether that means that it is blocked. Confined to one
 * thread.
 */
final class StorageContact {
    /** No connection at all: once may be an accident. */
    private static final int MOST_REFUSED = 2;
    /** Connections that end without a word: what some firewalls do, and busy servers as well. */
    private static final int MOST_SILENT = 3;

    /** The first link of a chunk, and those after it. */
    static final int MOST_LINKS = 3;
    /** What gave chunks before is not blocked, and its refusals pass: an export must not end by three in a row. */
    private static final int MOST_LINKS_OF_TRUSTED = 6;

    private final StorageHosts hosts;
    private int refused;
    private int silent;

    StorageContact(StorageHosts hosts) {
        this.hosts = hosts;
    }

    /** Refuses a host that was found blocked a moment ago. */
    void check(String host) {
        if (hosts.isBlocked(host)) {
            throw blocked(host, "it was found so within the last minute");
        }
    }

    /** Notes that a chunk came. */
    void answered(String host) {
        hosts.answered(host);
    }

    /** Notes a failure before the first byte of a chunk; throws when it means that the host is blocked. */
    void failed(String host, Exception failure) {
        boolean neverSent = Unreachable.neverSent(failure);
        refused += neverSent ? 1 : 0;
        silent += neverSent ? 0 : 1;
        if (!hosts.isTrusted(host) && (refused >= MOST_REFUSED || silent >= MOST_SILENT)) {
            throw blocked(host, failure.getClass().getSimpleName());
        }
    }

    /** Returns after how many links of one chunk a host is given up. */
    int mostLinks(String host) {
        return hosts.isTrusted(host) ? MOST_LINKS_OF_TRUSTED : MOST_LINKS;
    }

    /** Returns the error for a host that refuses every link. */
    LakeportException refused(String host, long index) {
        if (!hosts.isTrusted(host)) {
            return blocked(host, "it refused every link with HTTP 401 or 403");
        }
        return new LakeportException(
                CoreError.ACCESS_DENIED,
                "the storage " + host + " refused chunk " + index + " with fresh links as well; check that this host"
                        + " may reach it (firewall, private link, IP rules)");
    }

    private LakeportException blocked(String host, String why) {
        hosts.block(host);
        return new LakeportException(
                        CoreError.STORAGE_BLOCKED,
                        "the storage " + host + ", where the workspace puts results, cannot be reached from here ("
                                + why
                                + "); let the firewall or proxy pass HTTPS (port 443) to " + host
                                + ", and let the storage's own network rules admit this host")
                .with("storage_host", host);
    }
}
