package io.lakeport.localworkspace.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of a table against a model that keeps every version as a list of rows. */
class TableHistoryPropertyTest {
    private static final SessionSettings ME = new SessionSettings("me", Optional.empty(), Optional.empty(), Map.of());
    private static final String FEED =
            "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true'," + " 'delta.columnMapping.mode' = 'name')";

    @TempDir
    Path directory;

    private final List<String> columns = new ArrayList<>(List.of("id", "v"));
    private final List<List<List<String>>> versions = new ArrayList<>();
    private final List<List<String>> shapes = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private List<List<String>> rows = new ArrayList<>();
    private Engine engine;
    private EngineSession session;
    private Random random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void history_random_everyVersionAndChangeFeedEqualsModel(long seed) {
        random = new Random(seed);
        open();
        run("CREATE TABLE t (id INT, v INT) " + FEED);
        commit();
        for (int step = 0; step < 24; step++) {
            step();
            if (step == 11) {
                reopen();
            }
        }
        reopen();
        for (int v = 0; v < versions.size(); v++) {
            assertThat(read("SELECT * FROM t VERSION AS OF " + v))
                    .as("version %s of %s", v, log)
                    .containsExactlyInAnyOrderElementsOf(versions.get(v));
        }
        for (int i = 0; i < 12; i++) {
            int from = 1 + random.nextInt(versions.size() - 1);
            requireFeed(from, from + random.nextInt(versions.size() - from));
        }
        engine.close();
    }

    private void open() {
        engine = DuckEngine.open(Optional.of(directory));
        session = engine.openSession(ME);
    }

    private void reopen() {
        engine.close();
        open();
    }

    private void run(String sql) {
        log.add(sql);
        Rows.of(session, sql);
    }

    private List<List<String>> read(String sql) {
        return Rows.of(session, sql);
    }

    private void commit() {
        versions.add(rows.stream().map(r -> (List<String>) new ArrayList<>(r)).toList());
        shapes.add(List.copyOf(columns));
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> insert();
            case 3 -> update();
            case 4 -> delete();
            case 5, 6 -> merge();
            case 7 -> overwrite();
            case 8 -> addColumn();
            case 9 -> renameColumn();
            case 10 -> restore();
            default -> replace();
        }
    }

    private List<String> row() {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(random.nextInt(6) == 0 && i > 0 ? "null" : String.valueOf(random.nextInt(8)));
        }
        return row;
    }

    private String values(List<List<String>> given) {
        List<String> all = new ArrayList<>();
        given.forEach(r -> all.add("(" + String.join(", ", r) + ")"));
        return "VALUES " + String.join(", ", all);
    }

    private List<List<String>> some() {
        List<List<String>> some = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            some.add(row());
        }
        return some;
    }

    private void insert() {
        List<List<String>> some = some();
        run("INSERT INTO t " + values(some));
        rows.addAll(some);
        commit();
    }

    private static int number(String text) {
        return text.equals("null") ? -1 : Integer.parseInt(text);
    }

    private void update() {
        int limit = random.nextInt(8);
        run("UPDATE t SET " + columns.get(1) + " = id + 1 WHERE id < " + limit);
        boolean any = rows.stream().anyMatch(r -> number(r.get(0)) < limit);
        rows = new ArrayList<>(rows);
        rows.replaceAll(r -> number(r.get(0)) < limit ? with(r, String.valueOf(number(r.get(0)) + 1)) : r);
        if (any) {
            commit();
        }
    }

    private static List<String> with(List<String> row, String second) {
        List<String> changed = new ArrayList<>(row);
        changed.set(1, second);
        return changed;
    }

    private void delete() {
        int id = random.nextInt(8);
        run("DELETE FROM t WHERE id = " + id);
        if (rows.removeIf(r -> number(r.get(0)) == id)) {
            commit();
        }
    }

    private void merge() {
        int at = random.nextInt(8);
        List<String> fresh = row();
        String named = "SELECT " + at + " AS key, " + fresh.get(1) + " AS val";
        run("MERGE INTO t USING (" + named + ") s ON t.id = s.key WHEN MATCHED AND t.id % 2 = 0 THEN UPDATE SET "
                + columns.get(1) + " = s.val WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, "
                + columns.get(1) + ") VALUES (s.key, s.val)");
        boolean matched = rows.stream().anyMatch(r -> number(r.get(0)) == at);
        if (!matched) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(at), fresh.get(1)));
            while (row.size() < columns.size()) {
                row.add("null");
            }
            rows.add(row);
        } else if (at % 2 == 0) {
            rows.replaceAll(r -> number(r.get(0)) == at ? with(r, fresh.get(1)) : r);
        } else {
            rows.removeIf(r -> number(r.get(0)) == at);
        }
        commit();
    }

    private void overwrite() {
        List<List<String>> some = some();
        run("INSERT OVERWRITE t " + values(some));
        rows = new ArrayList<>(some);
        commit();
    }

    private void addColumn() {
        if (columns.size() > 4) {
            return;
        }
        String name = "c" + versions.size();
        run("ALTER TABLE t ADD COLUMN " + name + " INT");
        columns.add(name);
        rows = new ArrayList<>(rows);
        rows.replaceAll(r -> {
            List<String> longer = new ArrayList<>(r);
            longer.add("null");
            return longer;
        });
        commit();
    }

    private void renameColumn() {
        int at = 1 + random.nextInt(columns.size() - 1);
        String name = "r" + versions.size();
        run("ALTER TABLE t RENAME COLUMN " + columns.get(at) + " TO " + name);
        columns.set(at, name);
        commit();
    }

    private void restore() {
        int version = random.nextInt(versions.size());
        run("RESTORE TABLE t TO VERSION AS OF " + version);
        rows = new ArrayList<>(versions.get(version));
        columns.clear();
        columns.addAll(shapes.get(version));
        commit();
    }

    private void replace() {
        List<List<String>> some = some();
        run("CREATE OR REPLACE TABLE t " + FEED + " AS SELECT "
                + columns.stream().map(c -> "CAST(" + c + " AS INT) AS " + c).collect(Collectors.joining(", "))
                + " FROM (" + values(some) + ") AS v("
                + String.join(", ", columns) + ")");
        rows = new ArrayList<>(some);
        commit();
    }

    /** The feed from one version to another, applied to the version before it, gives the last one. */
    private void requireFeed(int from, int to) {
        if (!shapes.subList(from - 1, to + 1).stream().allMatch(shapes.get(to)::equals)) {
            return;
        }
        List<List<String>> before = new ArrayList<>(versions.get(from - 1));
        int width = shapes.get(to).size();
        for (int v = from; v <= to; v++) {
            List<List<String>> feed =
                    read("SELECT * FROM table_changes('t', " + from + ", " + to + ") WHERE _commit_version = " + v);
            for (List<String> change : feed) {
                String type = change.get(width);
                if (type.equals("delete") || type.equals("update_preimage")) {
                    assertThat(before.remove(change.subList(0, width)))
                            .as("%s of %s in %s", change, v, log)
                            .isTrue();
                }
            }
            for (List<String> change : feed) {
                String type = change.get(width);
                if (type.equals("insert") || type.equals("update_postimage")) {
                    before.add(change.subList(0, width));
                }
            }
            assertThat(before).as("version %s of %s", v, log).containsExactlyInAnyOrderElementsOf(versions.get(v));
        }
    }
}
