package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The temporary views of one session. Not thread-safe, as statements of a session run one after another. */
public final class TempViews {
    private final Map<String, TableInfo> views = new TreeMap<>();
    private final Map<String, String> queries = new TreeMap<>();
    private int uses;

    /** Keeps a view; one of its name is replaced. */
    public void put(TableInfo info, Query query) {
        views.put(info.name(), info);
        queries.put(info.name(), query.sql());
    }

    /** Forgets a view; returns whether there was one. */
    public boolean drop(List<String> name) {
        Optional<TableInfo> found = find(name);
        found.ifPresent(v -> {
            views.remove(v.name());
            queries.remove(v.name());
        });
        return found.isPresent();
    }

    /** Returns a view by its name, which has one level. */
    public Optional<TableInfo> find(List<String> name) {
        return name.size() == 1
                ? Optional.ofNullable(views.get(name.get(0).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** Returns the rows of a view. */
    Optional<Table> table(List<String> name) {
        return find(name).map(v -> {
            uses++;
            List<Table.TableColumn> columns = v.columns().stream()
                    .map(c -> new Table.TableColumn(c.name(), c.type(), c.duckType(), c.nullable()))
                    .toList();
            return new Table(List.of(v.name()), "(" + queries.get(v.name()) + ")", columns);
        });
    }

    /** Returns how often queries have read views so far. */
    public int uses() {
        return uses;
    }

    /** Returns the views in order of their names. */
    public List<TableInfo> all() {
        return List.copyOf(views.values());
    }
}
