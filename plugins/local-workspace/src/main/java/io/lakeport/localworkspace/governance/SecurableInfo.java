package io.lakeport.localworkspace.governance;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Unity Catalog keeps of an object beside its contents.
 *
 * @param id UUID, the same for the object's whole life
 * @param owner user name, application id or group
 * @param createdAt milliseconds since 1970
 * @param updatedAt milliseconds since 1970
 * @param properties what users said about it by name
 * @param details what only objects of this type have, by the field's name in the REST API
 */
public record SecurableInfo(
        Securable securable,
        String id,
        String owner,
        long createdAt,
        String createdBy,
        long updatedAt,
        String updatedBy,
        @Nullable String comment,
        Map<String, String> properties,
        Map<String, String> details) {
    public SecurableInfo {
        properties = Map.copyOf(properties);
        details = Map.copyOf(details);
    }

    /** Returns the detail of that name, {@code null} when there is none. */
    public @Nullable String detail(String name) {
        return details.get(name);
    }

    /** Returns it with another owner. */
    public SecurableInfo withOwner(String other) {
        return new SecurableInfo(
                securable, id, other, createdAt, createdBy, updatedAt, updatedBy, comment, properties, details);
    }

    /** Returns it with another comment, {@code null} for none. */
    public SecurableInfo withComment(@Nullable String other) {
        return new SecurableInfo(
                securable, id, owner, createdAt, createdBy, updatedAt, updatedBy, other, properties, details);
    }

    /** Returns it with other properties. */
    public SecurableInfo withProperties(Map<String, String> other) {
        return new SecurableInfo(
                securable, id, owner, createdAt, createdBy, updatedAt, updatedBy, comment, other, details);
    }

    /** Returns it with one detail changed, or taken away for {@code null}. */
    public SecurableInfo withDetail(String name, @Nullable String value) {
        Map<String, String> all = new TreeMap<>(details);
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, value);
        }
        return new SecurableInfo(
                securable, id, owner, createdAt, createdBy, updatedAt, updatedBy, comment, properties, all);
    }

    SecurableInfo withName(Securable other) {
        return new SecurableInfo(
                other, id, owner, createdAt, createdBy, updatedAt, updatedBy, comment, properties, details);
    }

    SecurableInfo touched(String by, long at) {
        return new SecurableInfo(securable, id, owner, createdAt, createdBy, at, by, comment, properties, details);
    }
}
