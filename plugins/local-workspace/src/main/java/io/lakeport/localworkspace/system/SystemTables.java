package io.lakeport.localworkspace.system;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.state.StateFiles;
import io.lakeport.localworkspace.statement.QueryRecord;
import io.lakeport.localworkspace.statement.StatementListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The system tables of the workspace. Each is brought up to date when a statement names it, by its full name, by a part
 * of it or through a view; the others cost nothing. Thread-safe.
 */
public final class SystemTables implements StatementListener, AutoCloseable {
    private static final String CATALOG = "system";
    private static final Pattern TOUCHES = Pattern.compile("system|show|schema", Pattern.CASE_INSENSITIVE);

    private final Engine engine;
    private final SystemViews views;
    private final Map<String, List<EngineColumn>> columns = SystemColumns.byTable();
    private final Map<String, List<SystemTable>> sources = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Set<String> pastIsThere = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> created;

    /** Creates the tables, empty, in the background; the engine stays the caller's to close, after this. */
    public SystemTables(Engine engine, StateFiles state) {
        this.engine = engine;
        this.views = new SystemViews(state);
        this.created = CompletableFuture.runAsync(
                () -> columns.forEach((name, list) -> engine.refreshSystemTable(name, list, List.of(), List.of())));
    }

    /**
     * Adds a source of rows; to be called before the first statement.
     *
     * @throws IllegalArgumentException when there is no such table
     */
    public void add(SystemTable source) {
        if (!columns.containsKey(source.name())) {
            throw new IllegalArgumentException("there is no system table " + source.name());
        }
        sources.computeIfAbsent(source.name(), name -> new ArrayList<>()).add(source);
    }

    /** Returns the names of all system tables. */
    public Set<String> names() {
        return columns.keySet();
    }

    @Override
    public void beginning(String sql, String catalog, String schema) {
        // Creating them takes a moment after the start, for which other statements do not have to wait.
        if (catalog.equalsIgnoreCase(CATALOG) || TOUCHES.matcher(sql).find()) {
            created.join();
        }
        tablesIn(sql, catalog, schema).forEach(this::refresh);
    }

    @Override
    public void changed(QueryRecord record) {
        if (record.status().equals("FINISHED")) {
            String catalog = record.namespace().catalog();
            String schema = record.namespace().schema();
            Set<String> tables = tablesIn(record.sql(), catalog, schema);
            if (!tables.isEmpty()) {
                views.created(record.sql(), catalog, schema, tables);
            }
        }
    }

    private Set<String> tablesIn(String sql, String catalog, String schema) {
        boolean may = catalog.equalsIgnoreCase(CATALOG)
                || !views.isEmpty()
                || sql.toLowerCase(Locale.ROOT).contains(CATALOG);
        if (!may) {
            return Set.of();
        }
        Set<String> tables = new LinkedHashSet<>();
        for (String name : NamesInText.find(sql, catalog.toLowerCase(Locale.ROOT), schema.toLowerCase(Locale.ROOT))) {
            if (columns.containsKey(name)) {
                tables.add(name);
            }
            tables.addAll(views.tablesOf(name));
        }
        return tables;
    }

    /** Brings a table up to date. */
    public void refresh(String name) {
        created.join();
        List<EngineColumn> list = columns.get(name);
        if (list == null) {
            throw new IllegalArgumentException("there is no system table " + name);
        }
        synchronized (locks.computeIfAbsent(name, n -> new Object())) {
            Map<String, EngineColumn> byName = new LinkedHashMap<>();
            list.forEach(column -> byName.put(column.name(), column));
            List<List<@Nullable Object>> past = new ArrayList<>();
            List<List<@Nullable Object>> recent = new ArrayList<>();
            boolean first = !pastIsThere.contains(name);
            for (SystemTable source : sources.getOrDefault(name, List.of())) {
                if (first) {
                    source.past().forEach(row -> past.add(row.inOrder(byName.keySet())));
                }
                source.recent().forEach(row -> recent.add(row.inOrder(byName.keySet())));
            }
            engine.refreshSystemTable(name, list, past, recent);
            pastIsThere.add(name);
        }
    }

    /** Waits until the engine is no longer used. */
    @Override
    public void close() {
        created.handle((done, failure) -> done).join();
    }
}
