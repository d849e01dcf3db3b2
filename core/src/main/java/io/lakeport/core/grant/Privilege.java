package io.lakeport.core.grant;

import static io.lakeport.core.grant.SecurableType.CATALOG;
import static io.lakeport.core.grant.SecurableType.EXTERNAL_LOCATION;
import static io.lakeport.core.grant.SecurableType.FUNCTION;
import static io.lakeport.core.grant.SecurableType.METASTORE;
import static io.lakeport.core.grant.SecurableType.SCHEMA;
import static io.lakeport.core.grant.SecurableType.STORAGE_CREDENTIAL;
import static io.lakeport.core.grant.SecurableType.TABLE;
import static io.lakeport.core.grant.SecurableType.VOLUME;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.sql.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A privilege of Unity Catalog by its name of today. Not an enum: a workspace may tell of one that is newer than this
 * code, and what somebody holds must not be lost on the way (Databricks documentation, "Unity Catalog privileges and
 * securable objects").
 *
 * @param name upper case with underscores, as the REST API has it, for example {@code USE_CATALOG}
 */
public record Privilege(String name) {
    public static final Privilege ALL_PRIVILEGES = new Privilege("ALL_PRIVILEGES");
    public static final Privilege APPLY_TAG = new Privilege("APPLY_TAG");
    public static final Privilege BROWSE = new Privilege("BROWSE");
    public static final Privilege CREATE_EXTERNAL_LOCATION = new Privilege("CREATE_EXTERNAL_LOCATION");
    public static final Privilege CREATE_EXTERNAL_TABLE = new Privilege("CREATE_EXTERNAL_TABLE");
    public static final Privilege CREATE_EXTERNAL_VOLUME = new Privilege("CREATE_EXTERNAL_VOLUME");
    public static final Privilege CREATE_SCHEMA = new Privilege("CREATE_SCHEMA");
    public static final Privilege CREATE_STORAGE_CREDENTIAL = new Privilege("CREATE_STORAGE_CREDENTIAL");
    public static final Privilege CREATE_TABLE = new Privilege("CREATE_TABLE");
    public static final Privilege CREATE_VOLUME = new Privilege("CREATE_VOLUME");
    public static final Privilege EXECUTE = new Privilege("EXECUTE");
    public static final Privilege EXTERNAL_USE_LOCATION = new Privilege("EXTERNAL_USE_LOCATION");
    public static final Privilege EXTERNAL_USE_SCHEMA = new Privilege("EXTERNAL_USE_SCHEMA");
    public static final Privilege MANAGE = new Privilege("MANAGE");
    public static final Privilege MODIFY = new Privilege("MODIFY");
    public static final Privilege READ_FILES = new Privilege("READ_FILES");
    public static final Privilege READ_VOLUME = new Privilege("READ_VOLUME");
    public static final Privilege SELECT = new Privilege("SELECT");
    public static final Privilege USE_CATALOG = new Privilege("USE_CATALOG");
    public static final Privilege USE_SCHEMA = new Privilege("USE_SCHEMA");
    public static final Privilege WRITE_FILES = new Privilege("WRITE_FILES");
    public static final Privilege WRITE_VOLUME = new Privilege("WRITE_VOLUME");

    /** What each known privilege may be granted on. */
    private static final Map<Privilege, Set<SecurableType>> ON = table();

    /** ALL PRIVILEGES does not stand for these. */
    private static final Set<Privilege> NOT_IN_ALL =
            Set.of(ALL_PRIVILEGES, MANAGE, EXTERNAL_USE_LOCATION, EXTERNAL_USE_SCHEMA);

    public Privilege {
        Objects.requireNonNull(name, "name");
        if (!name.matches("[A-Z][A-Z_]{1,63}")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a privilege");
        }
    }

    private static Map<Privilege, Set<SecurableType>> table() {
        Map<Privilege, Set<SecurableType>> on = new LinkedHashMap<>();
        Set<SecurableType> all =
                Set.of(CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION, EXTERNAL_LOCATION, STORAGE_CREDENTIAL);
        on.put(ALL_PRIVILEGES, all);
        on.put(APPLY_TAG, Set.of(CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION));
        on.put(BROWSE, Set.of(CATALOG, EXTERNAL_LOCATION));
        on.put(CREATE_EXTERNAL_LOCATION, Set.of(METASTORE, STORAGE_CREDENTIAL));
        on.put(CREATE_EXTERNAL_TABLE, Set.of(EXTERNAL_LOCATION, STORAGE_CREDENTIAL));
        on.put(CREATE_EXTERNAL_VOLUME, Set.of(EXTERNAL_LOCATION));
        on.put(CREATE_SCHEMA, Set.of(CATALOG));
        on.put(CREATE_STORAGE_CREDENTIAL, Set.of(METASTORE));
        on.put(CREATE_TABLE, Set.of(CATALOG, SCHEMA));
        on.put(CREATE_VOLUME, Set.of(CATALOG, SCHEMA));
        on.put(EXECUTE, Set.of(CATALOG, SCHEMA, FUNCTION));
        on.put(EXTERNAL_USE_LOCATION, Set.of(EXTERNAL_LOCATION));
        on.put(EXTERNAL_USE_SCHEMA, Set.of(CATALOG, SCHEMA));
        on.put(MANAGE, all);
        on.put(MODIFY, Set.of(CATALOG, SCHEMA, TABLE));
        on.put(READ_FILES, Set.of(EXTERNAL_LOCATION, STORAGE_CREDENTIAL));
        on.put(READ_VOLUME, Set.of(CATALOG, SCHEMA, VOLUME));
        on.put(SELECT, Set.of(CATALOG, SCHEMA, TABLE));
        on.put(USE_CATALOG, Set.of(CATALOG));
        on.put(USE_SCHEMA, Set.of(CATALOG, SCHEMA));
        on.put(WRITE_FILES, Set.of(EXTERNAL_LOCATION, STORAGE_CREDENTIAL));
        on.put(WRITE_VOLUME, Set.of(CATALOG, SCHEMA, VOLUME));
        return Map.copyOf(on);
    }

    /**
     * Returns the privilege of that name, with blanks or underscores and in any case. Names of the older model stand for
     * those of today: USAGE for USE CATALOG or USE SCHEMA, CREATE for CREATE SCHEMA or CREATE TABLE.
     *
     * @param on what it is granted on
     */
    public static Privilege parse(String text, SecurableType on) {
        String name = text.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_]+", "_");
        return switch (name) {
            case "USAGE" -> on == CATALOG ? USE_CATALOG : USE_SCHEMA;
            case "CREATE" -> on == CATALOG ? CREATE_SCHEMA : CREATE_TABLE;
            case "ALL" -> ALL_PRIVILEGES;
            default -> new Privilege(name);
        };
    }

    /**
     * Returns this privilege, if it can be granted there; one that is not known here is let through.
     *
     * @throws LakeportException INVALID_REQUEST naming those that can
     */
    public Privilege on(SecurableType type) {
        Set<SecurableType> where = ON.get(this);
        if (where == null || where.contains(type)) {
            return this;
        }
        List<String> there = ON.entrySet().stream()
                .filter(entry -> entry.getValue().contains(type))
                .map(entry -> entry.getKey().sql())
                .sorted()
                .toList();
        throw new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "privilege " + sql() + " cannot be granted on a " + type.sql() + NearestName.hint(sql(), there)
                        + "; there are " + String.join(", ", there));
    }

    /** Returns whether holding this one on an object means holding the other there. */
    public boolean includes(Privilege other) {
        return equals(other) || equals(ALL_PRIVILEGES) && !NOT_IN_ALL.contains(other);
    }

    /** Returns the name with blanks, as SQL writes it. */
    public String sql() {
        return name.replace('_', ' ');
    }

    @Override
    public String toString() {
        return sql();
    }
}
