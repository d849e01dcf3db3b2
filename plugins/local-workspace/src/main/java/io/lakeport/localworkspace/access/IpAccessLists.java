package io.lakeport.localworkspace.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.state.StoredObjects;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * IP access lists of the workspace or of the account, in the API's own form. An address on a block list is refused; when
 * there is an allow list, so is every address on none. Thread-safe.
 */
public final class IpAccessLists {
    private static final int MOST_VALUES = 1000;

    private final StoredObjects stored;
    private final Clock clock;

    IpAccessLists(StateFiles state, String document, Clock clock) {
        this.stored = new StoredObjects(state, document);
        this.clock = clock;
    }

    /** Returns the lists. */
    public List<ObjectNode> all() {
        return stored.all();
    }

    /** Returns a list. */
    public Optional<ObjectNode> find(String id) {
        return stored.find(id);
    }

    /** Adds a list of the given label, type and addresses, enabled; returns it as answers have it. */
    public ObjectNode add(String label, String type, List<String> addresses, long by) {
        ObjectNode list = draft(label, type, addresses, by);
        put(list, by);
        return find(list.path("list_id").asText()).orElse(list);
    }

    /** Returns a new list that is not kept yet. */
    public ObjectNode draft(String label, String type, List<String> addresses, long by) {
        ObjectNode list = Json.object()
                .put("list_id", UUID.randomUUID().toString())
                .put("label", label)
                .put("list_type", type)
                .put("enabled", true)
                .put("created_at", clock.millis())
                .put("created_by", by);
        addresses.forEach(list.putArray("ip_addresses")::add);
        return list;
    }

    /** Adds or replaces a list. */
    public void put(ObjectNode list, long by) {
        list.put("address_count", list.path("ip_addresses").size())
                .put("updated_at", clock.millis())
                .put("updated_by", by);
        stored.put(list.path("list_id").asText(), list);
    }

    /** Removes a list and returns whether it was there. */
    public boolean remove(String id) {
        return stored.remove(id);
    }

    /** Removes every list. */
    public void clear() {
        all().forEach(list -> remove(list.path("list_id").asText()));
    }

    /** Whether an address may pass. */
    public boolean allows(String address) {
        return allows(address, all());
    }

    /**
     * Whether an address could still pass after a change.
     *
     * @param changed the list as it will be
     */
    public boolean wouldAllow(String address, ObjectNode changed) {
        List<ObjectNode> lists = new ArrayList<>(all());
        lists.removeIf(list -> list.path("list_id").equals(changed.path("list_id")));
        lists.add(changed);
        return allows(address, lists);
    }

    private static boolean allows(String address, List<ObjectNode> lists) {
        boolean anyAllowList = false;
        boolean allowed = false;
        for (ObjectNode list : lists) {
            boolean matches = list.path("enabled").asBoolean() && contains(list, address);
            if (list.path("list_type").asText().equals("BLOCK")) {
                if (matches) {
                    return false;
                }
            } else if (list.path("enabled").asBoolean()) {
                anyAllowList = true;
                allowed |= matches;
            }
        }
        return allowed || !anyAllowList;
    }

    private static boolean contains(JsonNode list, String address) {
        for (JsonNode range : list.path("ip_addresses")) {
            if (IpRange.parse(range.asText()).filter(r -> r.contains(address)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks a list before it is kept.
     *
     * @throws ApiException INVALID_PARAMETER_VALUE when an address is none, QUOTA_EXCEEDED when there are too many
     */
    public void check(ObjectNode list) {
        int values = list.path("ip_addresses").size();
        for (JsonNode range : list.path("ip_addresses")) {
            if (IpRange.parse(range.asText()).isEmpty()) {
                throw ApiException.invalid("Invalid IP address or CIDR: " + range.asText()
                        + ". IP access lists support IPv4 addresses only.");
            }
        }
        for (ObjectNode other : all()) {
            values += other.path("list_id").equals(list.path("list_id"))
                    ? 0
                    : other.path("ip_addresses").size();
        }
        if (values > MOST_VALUES) {
            throw new ApiException(
                    400, "QUOTA_EXCEEDED", "All IP access lists together may have " + MOST_VALUES + " values at most.");
        }
    }
}
