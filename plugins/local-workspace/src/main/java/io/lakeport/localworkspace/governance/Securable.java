package io.lakeport.localworkspace.governance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of an object on which privileges are kept.
 *
 * @param name its levels in lower case, empty for the metastore
 */
public record Securable(SecurableType type, List<String> name) {
    /** The one metastore. */
    public static final Securable METASTORE = new Securable(SecurableType.METASTORE, List.of());

    /** @throws IllegalArgumentException when the name has another number of levels than the type's names have */
    public Securable {
        name = name.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
        if (name.size() != type.levels()) {
            throw new IllegalArgumentException("a name of " + type + " has " + type.levels() + " levels: " + name);
        }
    }

    /** Returns the name of an object. */
    public static Securable of(SecurableType type, String... levels) {
        return new Securable(type, List.of(levels));
    }

    /** Returns a catalog. */
    public static Securable catalog(String catalog) {
        return of(SecurableType.CATALOG, catalog);
    }

    /** Returns a schema. */
    public static Securable schema(String catalog, String schema) {
        return of(SecurableType.SCHEMA, catalog, schema);
    }

    /** Returns a table or view by its three levels. */
    public static Securable table(List<String> name) {
        return new Securable(SecurableType.TABLE, name);
    }

    /** Returns the name with dots, for the metastore its type. */
    public String fullName() {
        return name.isEmpty() ? "metastore" : String.join(".", name);
    }

    /** Returns the last level, for the metastore its type. */
    public String lastName() {
        return name.isEmpty() ? "metastore" : name.get(name.size() - 1);
    }

    /** Returns the object that this one inherits privileges from; the metastore passes none on. */
    public Optional<Securable> parent() {
        return switch (type) {
            case METASTORE, CATALOG, EXTERNAL_LOCATION, STORAGE_CREDENTIAL -> Optional.empty();
            case SCHEMA -> Optional.of(catalog(name.get(0)));
            case TABLE, VOLUME, FUNCTION -> Optional.of(schema(name.get(0), name.get(1)));
        };
    }

    /** Whether the other object is this one or lies in it. */
    public boolean contains(Securable other) {
        return equals(other) || other.parent().filter(this::contains).isPresent();
    }

    /** Returns the text that messages name it with, for example {@code Catalog 'main'}. */
    public String described() {
        return type.word() + " '" + fullName() + "'";
    }
}
