package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Catalogs for a Spark that has one: the schema {@code b} of the catalog {@code a} is Spark's database {@code a__b}, because
 * Delta works in {@code spark_catalog} only. Thread-safe.
 */
final class SparkCatalogs {
    private static final String SEPARATOR = "__";

    private final SparkSession spark;
    private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

    SparkCatalogs(SparkSession spark) {
        this.spark = spark;
    }

    /** Returns Spark's database of a schema. */
    static String database(String catalog, String schema) {
        return (catalog + SEPARATOR + schema).toLowerCase(Locale.ROOT);
    }

    void create(String catalog, boolean withDefaultSchema) {
        names.add(catalog.toLowerCase(Locale.ROOT));
        if (withDefaultSchema) {
            createSchema(catalog, "default");
        }
    }

    void createSchema(String catalog, String schema) {
        spark.sql("CREATE SCHEMA IF NOT EXISTS " + quoted(database(catalog, schema)));
    }

    boolean has(String catalog) {
        return names.contains(catalog.toLowerCase(Locale.ROOT));
    }

    boolean has(String catalog, String schema) {
        return spark.catalog().databaseExists(quoted(database(catalog, schema)));
    }

    /** Fails unless there is such a catalog and such a schema in it. */
    void require(String catalog, String schema) {
        if (!has(catalog)) {
            throw SqlErrors.catalogNotFound(catalog);
        }
        if (!has(catalog, schema)) {
            throw SqlErrors.schemaNotFound(List.of(catalog, schema));
        }
    }

    void drop(String catalog, boolean cascade) {
        if (!has(catalog)) {
            throw SqlErrors.catalogNotFound(catalog);
        }
        List<String> schemas = schemas(catalog);
        if (!cascade && schemas.stream().anyMatch(s -> !s.equals("default"))) {
            throw new EngineException(
                    "CATALOG_NOT_EMPTY", "2BP01", "[CATALOG_NOT_EMPTY] The catalog is not empty.", null);
        }
        schemas.forEach(s -> spark.sql("DROP SCHEMA " + quoted(database(catalog, s)) + " CASCADE"));
        names.remove(catalog.toLowerCase(Locale.ROOT));
    }

    List<String> catalogs() {
        return List.copyOf(names);
    }

    List<String> schemas(String catalog) {
        String prefix = catalog.toLowerCase(Locale.ROOT) + SEPARATOR;
        return spark.sql("SHOW SCHEMAS").collectAsList().stream()
                .map(r -> r.getString(0))
                .filter(n -> n.startsWith(prefix))
                .map(n -> n.substring(prefix.length()))
                .sorted()
                .toList();
    }

    List<Row> tables(String catalog, String schema) {
        return spark.sql("SHOW TABLES IN " + quoted(database(catalog, schema))).collectAsList();
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Returns a message of Spark's with the names that its user knows. */
    static String demangled(String message) {
        return message.replaceAll("`?spark_catalog`?\\.`(\\w+?)__(\\w+)`", "`$1`.`$2`")
                .replaceAll("`(\\w+?)__(\\w+)`", "`$1`.`$2`")
                .replaceAll("\\bspark_catalog\\.(\\w+?)__(\\w+)", "$1.$2");
    }
}
