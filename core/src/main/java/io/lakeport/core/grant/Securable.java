package io.lakeport.core.grant;

import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One object on which privileges are granted. Names are kept as they are given; Unity Catalog does not tell upper from
 * lower case, so {@link #sameAs} does not either.
 *
 * @param type what it is
 * @param name its levels, the outermost first, not quoted; none for the metastore
 */
public record Securable(SecurableType type, List<String> name) {
    /** The catalog through which a workspace shows the tables of its Hive metastore. */
    public static final String HIVE = "hive_metastore";

    /** The metastore of the workspace. */
    public static final Securable METASTORE = new Securable(SecurableType.METASTORE, List.of());

    public Securable {
        Objects.requireNonNull(type, "type");
        name = List.copyOf(name);
        if (name.size() != type.levels()) {
            throw new IllegalArgumentException("a " + type.sql() + " has a name of " + type.levels() + " level(s), not "
                    + name.size() + ": " + name);
        }
        name.forEach(Securable::check);
    }

    /** The names that Unity Catalog takes (Databricks SQL reference, "Names", object names). */
    private static void check(String level) {
        boolean control = level.chars().anyMatch(c -> c < ' ' || c == 127);
        if (level.isEmpty() || level.length() > 255 || level.contains("/") || level.contains(".") || control) {
            throw new IllegalArgumentException("'" + level.replaceAll("\\p{Cntrl}", "?") + "' is no name of an object"
                    + " of Unity Catalog: 1 to 255 characters, without '.', '/' and control characters");
        }
    }

    /** Returns a catalog. */
    public static Securable catalog(String catalog) {
        return new Securable(SecurableType.CATALOG, List.of(catalog));
    }

    /** Returns a schema. */
    public static Securable schema(String catalog, String schema) {
        return new Securable(SecurableType.SCHEMA, List.of(catalog, schema));
    }

    /** Returns a table or view. */
    public static Securable table(String catalog, String schema, String table) {
        return new Securable(SecurableType.TABLE, List.of(catalog, schema, table));
    }

    /**
     * Returns a table by its three-level name.
     *
     * @throws IllegalArgumentException when a level is missing
     */
    public static Securable table(TableName table) {
        if (table.catalog().isEmpty() || table.schema().isEmpty()) {
            throw new IllegalArgumentException("table " + table + " needs its catalog and schema here");
        }
        return table(
                table.catalog().get().value(),
                table.schema().get().value(),
                table.table().value());
    }

    /** Returns an external location. */
    public static Securable location(String name) {
        return new Securable(SecurableType.EXTERNAL_LOCATION, List.of(name));
    }

    /** Returns a storage credential. */
    public static Securable credential(String name) {
        return new Securable(SecurableType.STORAGE_CREDENTIAL, List.of(name));
    }

    /** Returns the object that this one lies in, and from which privileges come down; empty for the outermost. */
    public Optional<Securable> parent() {
        return switch (type) {
            case SCHEMA -> Optional.of(catalog(name.get(0)));
            case TABLE, VOLUME, FUNCTION -> Optional.of(schema(name.get(0), name.get(1)));
            default -> Optional.empty();
        };
    }

    /** Returns whether it lies in the Hive metastore, whose privileges are others and are not known to the REST API. */
    public boolean isHive() {
        boolean inCatalog = type != SecurableType.EXTERNAL_LOCATION && type != SecurableType.STORAGE_CREDENTIAL;
        return inCatalog && !name.isEmpty() && name.get(0).equalsIgnoreCase(HIVE);
    }

    /** Returns the name as the REST API writes it, levels parted by dots; empty for the metastore. */
    public String fullName() {
        return String.join(".", name);
    }

    /** Returns type and name for a statement, for example {@code SCHEMA `main`.`sales`}. */
    public String sql() {
        return name.isEmpty()
                ? type.sql()
                : type.sql() + " "
                        + name.stream()
                                .map(level -> Identifier.of(level).quoted())
                                .collect(Collectors.joining("."));
    }

    /** Returns whether it is the same object, whatever the case of its name. */
    public boolean sameAs(Securable other) {
        return type == other.type
                && fullName().toLowerCase(Locale.ROOT).equals(other.fullName().toLowerCase(Locale.ROOT));
    }

    /** Returns type and name for people, for example {@code schema main.sales}. */
    @Override
    public String toString() {
        return (type.sql().toLowerCase(Locale.ROOT) + " " + fullName()).strip();
    }
}
