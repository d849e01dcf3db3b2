package io.lakeport.localworkspace.governance;

import static io.lakeport.localworkspace.governance.SecurableType.CATALOG;
import static io.lakeport.localworkspace.governance.SecurableType.EXTERNAL_LOCATION;
import static io.lakeport.localworkspace.governance.SecurableType.FUNCTION;
import static io.lakeport.localworkspace.governance.SecurableType.METASTORE;
import static io.lakeport.localworkspace.governance.SecurableType.SCHEMA;
import static io.lakeport.localworkspace.governance.SecurableType.STORAGE_CREDENTIAL;
import static io.lakeport.localworkspace.governance.SecurableType.TABLE;
import static io.lakeport.localworkspace.governance.SecurableType.VOLUME;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Privileges of Unity Catalog (privilege model 1.0), with the securables on which each may be granted. */
public enum Privilege {
    ALL_PRIVILEGES(CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION, EXTERNAL_LOCATION, STORAGE_CREDENTIAL),
    APPLY_TAG(CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION),
    BROWSE(CATALOG, EXTERNAL_LOCATION),
    CREATE_CATALOG(METASTORE),
    CREATE_CLEAN_ROOM(METASTORE),
    CREATE_CONNECTION(METASTORE),
    CREATE_EXTERNAL_LOCATION(METASTORE, STORAGE_CREDENTIAL),
    CREATE_EXTERNAL_TABLE(EXTERNAL_LOCATION, STORAGE_CREDENTIAL),
    CREATE_EXTERNAL_VOLUME(EXTERNAL_LOCATION),
    CREATE_FOREIGN_SECURABLE(EXTERNAL_LOCATION),
    CREATE_FUNCTION(CATALOG, SCHEMA),
    CREATE_MANAGED_STORAGE(EXTERNAL_LOCATION),
    CREATE_MATERIALIZED_VIEW(CATALOG, SCHEMA),
    CREATE_MODEL(CATALOG, SCHEMA),
    CREATE_MODEL_VERSION(CATALOG, SCHEMA, FUNCTION),
    CREATE_PROVIDER(METASTORE),
    CREATE_RECIPIENT(METASTORE),
    CREATE_SCHEMA(CATALOG),
    CREATE_SERVICE_CREDENTIAL(METASTORE),
    CREATE_SHARE(METASTORE),
    CREATE_STORAGE_CREDENTIAL(METASTORE),
    CREATE_TABLE(CATALOG, SCHEMA),
    CREATE_VOLUME(CATALOG, SCHEMA),
    EXECUTE(CATALOG, SCHEMA, FUNCTION),
    EXTERNAL_USE_LOCATION(EXTERNAL_LOCATION),
    EXTERNAL_USE_SCHEMA(CATALOG, SCHEMA),
    MANAGE(CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION, EXTERNAL_LOCATION, STORAGE_CREDENTIAL),
    MANAGE_ALLOWLIST(METASTORE),
    MODIFY(CATALOG, SCHEMA, TABLE),
    READ_FILES(EXTERNAL_LOCATION, STORAGE_CREDENTIAL),
    READ_VOLUME(CATALOG, SCHEMA, VOLUME),
    REFRESH(CATALOG, SCHEMA, TABLE),
    SELECT(CATALOG, SCHEMA, TABLE),
    SET_SHARE_PERMISSION(METASTORE),
    USE_CATALOG(CATALOG),
    USE_CONNECTION(METASTORE),
    USE_MARKETPLACE_ASSETS(METASTORE),
    USE_PROVIDER(METASTORE),
    USE_RECIPIENT(METASTORE),
    USE_SCHEMA(CATALOG, SCHEMA),
    USE_SHARE(METASTORE),
    WRITE_FILES(EXTERNAL_LOCATION, STORAGE_CREDENTIAL),
    WRITE_VOLUME(CATALOG, SCHEMA, VOLUME);

    /** ALL PRIVILEGES leaves these out, so that nobody gets them by accident. */
    private static final Set<Privilege> NOT_IN_ALL =
            EnumSet.of(MANAGE, EXTERNAL_USE_SCHEMA, EXTERNAL_USE_LOCATION, ALL_PRIVILEGES);

    private final Set<SecurableType> on;

    Privilege(SecurableType... on) {
        this.on = EnumSet.copyOf(List.of(on));
    }

    /** Whether it may be granted on objects of this type. */
    public boolean appliesTo(SecurableType type) {
        return on.contains(type);
    }

    /** Whether ALL PRIVILEGES on an object means this one too. */
    public boolean inAll() {
        return !NOT_IN_ALL.contains(this);
    }

    /** Returns the name with blanks, as SQL writes it. */
    public String sqlName() {
        return name().replace('_', ' ');
    }

    /**
     * Returns what a privilege's name, with blanks or underscores and in any case, means on a type of object. Names of
     * the older privilege model stand for the newer ones: USAGE for USE CATALOG or USE SCHEMA, CREATE for what may be
     * created there.
     *
     * @throws IllegalArgumentException when there is no such privilege
     */
    public static Set<Privilege> parse(String text, SecurableType type) {
        String name = text.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_]+", "_");
        return switch (name) {
            case "USAGE" -> EnumSet.of(type == CATALOG ? USE_CATALOG : USE_SCHEMA);
            case "CREATE" ->
                switch (type) {
                    case METASTORE -> EnumSet.of(CREATE_CATALOG);
                    case CATALOG -> EnumSet.of(CREATE_SCHEMA);
                    default -> EnumSet.of(CREATE_TABLE, CREATE_FUNCTION);
                };
            case "CREATE_VIEW" -> EnumSet.of(CREATE_TABLE);
            case "ALL" -> EnumSet.of(ALL_PRIVILEGES);
            default -> EnumSet.of(valueOf(name));
        };
    }
}
