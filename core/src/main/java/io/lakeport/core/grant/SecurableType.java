package io.lakeport.core.grant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of objects of Unity Catalog on which privileges are granted. Views are tables here, as in its REST API. */
public enum SecurableType {
    METASTORE(0),
    CATALOG(1),
    SCHEMA(2),
    TABLE(3),
    VOLUME(3),
    FUNCTION(3),
    EXTERNAL_LOCATION(1),
    STORAGE_CREDENTIAL(1);

    private final int levels;

    SecurableType(int levels) {
        this.levels = levels;
    }

    /** Returns how many levels its names have; 0 for the metastore. */
    public int levels() {
        return levels;
    }

    /** Returns its name in SQL, for example {@code EXTERNAL LOCATION}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** Returns its name in paths of the REST API, for example {@code external_location}. */
    public String rest() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the type of that name, in SQL or REST and in any case; empty for one that is not known here. */
    public static Optional<SecurableType> of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
