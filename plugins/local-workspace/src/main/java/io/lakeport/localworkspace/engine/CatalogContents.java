package io.lakeport.localworkspace.engine;

import java.util.List;
import java.util.Optional;

/** What an engine's catalogs hold, whoever asks: privileges are not looked at here. Thread-safe. */
public interface CatalogContents {
    /** Of an engine that does not tell. */
    CatalogContents NONE = new CatalogContents() {
        @Override
        public List<String> catalogs() {
            return List.of();
        }

        @Override
        public List<String> schemas(String catalog) {
            return List.of();
        }

        @Override
        public List<CatalogTable> tables(String catalog, String schema) {
            return List.of();
        }

        @Override
        public Optional<CatalogTable> table(List<String> name) {
            return Optional.empty();
        }
    };

    /** Returns the names of all catalogs, in order. */
    List<String> catalogs();

    /** Returns the names of a catalog's schemas, in order; none when there is no such catalog. */
    List<String> schemas(String catalog);

    /** Returns a schema's tables and views, in order; none when there is no such schema. */
    List<CatalogTable> tables(String catalog, String schema);

    /** Returns a table or view by its three levels. */
    Optional<CatalogTable> table(List<String> name);
}
