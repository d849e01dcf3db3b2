package io.lakeport.localworkspace.governance;

import java.util.Locale;
import java.util.Optional;

/** Kinds of objects on which Unity Catalog keeps privileges. Views are tables here, as in Unity Catalog's API. */
public enum SecurableType {
    METASTORE("Metastore", 0),
    CATALOG("Catalog", 1),
    SCHEMA("Schema", 2),
    TABLE("Table", 3),
    VOLUME("Volume", 3),
    FUNCTION("Routine or Model", 3),
    EXTERNAL_LOCATION("External Location", 1),
    STORAGE_CREDENTIAL("Storage Credential", 1);

    private final String word;
    private final int levels;

    SecurableType(String word, int levels) {
        this.word = word;
        this.levels = levels;
    }

    /** Returns the word that messages use, for example {@code External Location}. */
    public String word() {
        return word;
    }

    /** Returns the number of levels of a name, 0 for the metastore, which needs none. */
    public int levels() {
        return levels;
    }

    /** Returns the type that a path of the REST API names, in any case, for example {@code external_location}. */
    public static Optional<SecurableType> ofPath(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (SecurableType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
