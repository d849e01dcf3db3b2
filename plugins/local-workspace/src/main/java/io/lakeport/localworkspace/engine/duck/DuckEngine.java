package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.MetastoreContents;
import io.lakeport.localworkspace.catalog.Remarks;
import io.lakeport.localworkspace.engine.CatalogContents;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.SessionConfiguration;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Databricks SQL over one DuckDB instance. Thread-safe. */
public final class DuckEngine implements Engine {
    private static final String CATALOG = "main";
    private static final String SCHEMA = "default";
    private static final String SYSTEM = "system";

    private final DuckDatabase database;
    private final Metastore metastore;
    private final SystemLoader systemLoader;
    private volatile @Nullable Governance governance;
    private final BufferAllocator allocator = new RootAllocator();
    private final Set<DuckSession> sessions = ConcurrentHashMap.newKeySet();

    private volatile @Nullable FileSpace files;

    private DuckEngine(DuckDatabase database, @Nullable Path directory) {
        this.database = database;
        this.metastore = new Metastore(database, directory);
        this.systemLoader = new SystemLoader(database);
    }

    /**
     * Opens an engine with the catalog {@code main} and its schema {@code default}.
     *
     * @param dataDirectory where catalogs live and survive a restart, created when missing; empty for memory only
     */
    public static Engine open(Optional<Path> dataDirectory) {
        DuckDatabase database = DuckDatabase.open();
        DuckEngine engine = new DuckEngine(database, dataDirectory.orElse(null));
        try {
            dataDirectory.ifPresent(engine::attachAll);
            engine.metastore.createCatalog(CATALOG, true);
            engine.metastore.createCatalog(SYSTEM, false);
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void attachAll(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                List<String> names = files.map(f -> f.getFileName().toString())
                        .filter(n -> n.endsWith(".duckdb"))
                        .toList();
                for (String name : names) {
                    metastore.attachFile(name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot use " + directory + " as the workspace's data directory; check that it may be written.", e);
        }
    }

    @Override
    public EngineSession openSession(SessionSettings settings) {
        String catalog = settings.catalog().orElse(CATALOG).toLowerCase(Locale.ROOT);
        String schema = settings.schema().orElse(SCHEMA).toLowerCase(Locale.ROOT);
        // The schema need not exist yet: dbt opens its session there, and then creates it.
        metastore.requireCatalog(catalog);
        DuckSession.Identity identity = new DuckSession.Identity(
                settings.user(), SessionConfiguration.of(settings.configuration()), governance, this::files);
        try {
            DuckSession session = new DuckSession(
                    database.connect(), metastore, allocator, identity, catalog, schema, sessions::remove);
            sessions.add(session);
            return session;
        } catch (SQLException e) {
            throw DuckErrors.translate(e);
        }
    }

    @Override
    public void useFiles(FileSpace space) {
        files = space;
    }

    private FileSpace files() {
        FileSpace space = files;
        if (space == null) {
            throw SqlErrors.unsupported("statements about files on an engine without a workspace");
        }
        return space;
    }

    @Override
    public void govern(Governance rules) {
        governance = rules;
    }

    @Override
    public CatalogContents contents() {
        return new MetastoreContents(metastore);
    }

    @Override
    public void load(String table, Path file) {
        List<String> name = complete(table);
        metastore.requireSchema(name.get(0), name.get(1));
        String path = Identifiers.literal(file.toAbsolutePath().toString());
        String kind = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String reader;
        if (kind.endsWith(".parquet")) {
            reader = "read_parquet(" + path + ")";
        } else if (kind.endsWith(".csv") || kind.endsWith(".csv.gz")) {
            reader = "read_csv(" + path + ", header = true, sample_size = -1)";
        } else if (kind.matches(".*\\.(json|jsonl|ndjson)")) {
            reader = "read_json(" + path + ", sample_size = -1)";
        } else {
            throw SqlErrors.of(
                    "DATA_SOURCE_NOT_FOUND",
                    "42K02",
                    "Cannot tell what " + file + " holds: the workspace loads files ending in .parquet, .csv, .json, "
                            + ".jsonl or .ndjson.");
        }
        metastore.versions().forget(name);
        new TableLoader(database).load(DuckNames.qualified(name), reader);
        metastore.changed();
    }

    private static List<String> complete(String table) {
        List<String> given = Names.of(StatementParser.parseName(table));
        List<String> full = new ArrayList<>();
        if (given.size() < 3) {
            full.add(CATALOG);
        }
        if (given.size() < 2) {
            full.add(SCHEMA);
        }
        full.addAll(given);
        return full.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public void replaceSystemTable(
            String threeLevelName, List<EngineColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
        List<String> name = List.of(threeLevelName.toLowerCase(Locale.ROOT).split("\\.", 3));
        Listing listing = new Listing();
        for (EngineColumn c : columns) {
            listing.column(c.name(), TypeTexts.of(StatementParser.parseType(c.typeText())));
        }
        rows.forEach(listing::row);
        metastore.createCatalog(name.get(0), false);
        metastore.createSchema(name.get(0), name.get(1));
        String table = DuckNames.qualified(name);
        StringBuilder sql = new StringBuilder("BEGIN TRANSACTION; CREATE OR REPLACE TABLE " + table + " AS "
                + listing.query().sql() + "; ");
        for (EngineColumn c : columns) {
            SqlType type = TypeTexts.of(StatementParser.parseType(c.typeText()));
            Remarks remarks = Remarks.of(type, null);
            if (!remarks.isEmpty()) {
                sql.append("COMMENT ON COLUMN ").append(table).append('.').append(Identifiers.duck(c.name()));
                sql.append(" IS ").append(Identifiers.literal(remarks.json())).append("; ");
            }
        }
        database.run(sql.append("COMMIT").toString());
        metastore.changed();
    }

    @Override
    public void refreshSystemTable(
            String threeLevelName,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> past,
            List<? extends List<? extends @Nullable Object>> recent) {
        if (systemLoader.isNew(threeLevelName)) {
            replaceSystemTable(threeLevelName, columns, List.of());
        }
        systemLoader.refresh(threeLevelName, columns, past, recent);
    }

    @Override
    public String defaultCatalog() {
        return CATALOG;
    }

    @Override
    public String defaultSchema() {
        return SCHEMA;
    }

    @Override
    public void close() {
        List.copyOf(sessions).forEach(DuckSession::close);
        try {
            metastore.checkpoint();
        } finally {
            database.close();
            allocator.close();
        }
    }
}
