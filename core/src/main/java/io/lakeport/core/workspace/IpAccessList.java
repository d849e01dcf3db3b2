package io.lakeport.core.workspace;

import java.util.List;
import java.util.Objects;

/**
 * An IP access list.
 *
 * @param label its name
 * @param allows whether it allows its addresses or blocks them
 * @param addresses addresses and ranges
 * @param enabled whether it counts
 */
public record IpAccessList(String label, boolean allows, List<String> addresses, boolean enabled) {
    public IpAccessList {
        Objects.requireNonNull(label, "label");
        addresses = List.copyOf(addresses);
    }
}
