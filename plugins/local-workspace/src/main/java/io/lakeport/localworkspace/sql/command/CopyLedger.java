package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Remembers which files COPY INTO has loaded into a table, in the catalog's own database, so that rows and memory are
 * written together. A table is known by an id among its properties, which it takes along when it is renamed and which
 * ends with it. A file counts by its path, also when it has changed since, as Databricks has it.
 */
final class CopyLedger {
    /** Name of the property, which no statement shows. */
    private static final String PROPERTY = "lakeport.copyInto.id";

    private final CommandContext context;
    private final TableInfo table;

    CopyLedger(CommandContext context, TableInfo table) {
        this.context = context;
        this.table = table;
    }

    private String ledger() {
        return DuckNames.files(table.catalog()) + ".loaded";
    }

    /** Returns the paths of the files that are loaded already. */
    Set<String> loaded() {
        String id = table.facts().properties().get(PROPERTY);
        if (id == null) {
            return Set.of();
        }
        Set<String> paths = new HashSet<>();
        context.rows("SELECT path FROM " + ledger() + " WHERE table_id = " + Identifiers.literal(id))
                .forEach(row -> paths.add(String.valueOf(row.get(0))));
        return paths;
    }

    /** Adds files; runs in the transaction that loads them. */
    void add(List<Found> files) {
        if (files.isEmpty()) {
            return;
        }
        String id = table.facts().properties().get(PROPERTY);
        if (id == null) {
            id = begin();
        }
        String tableId = Identifiers.literal(id);
        context.run("DELETE FROM " + ledger() + " WHERE table_id = " + tableId + " AND path IN ("
                + files.stream().map(CopyLedger::path).collect(Collectors.joining(", ")) + ")");
        String rows = files.stream()
                .map(f -> "(" + tableId + ", " + path(f) + ", " + f.entry().size() + ", "
                        + f.entry().modified().toEpochMilli() + ")")
                .collect(Collectors.joining(", "));
        context.run("INSERT INTO " + ledger() + " VALUES " + rows);
    }

    private String begin() {
        context.run("CREATE SCHEMA IF NOT EXISTS " + DuckNames.files(table.catalog()));
        context.run("CREATE TABLE IF NOT EXISTS " + ledger()
                + " (table_id VARCHAR, path VARCHAR, size BIGINT, modified_millis BIGINT)");
        String id = UUID.randomUUID().toString();
        // The insert may have changed what is known of the table, so that is looked up again.
        TableFacts now =
                context.metastore().find(table.fullName()).map(TableInfo::facts).orElse(table.facts());
        Map<String, String> properties = new TreeMap<>(now.properties());
        properties.put(PROPERTY, id);
        context.run("COMMENT ON TABLE " + DuckNames.qualified(table.fullName()) + " IS "
                + Identifiers.literal(now.withProperties(properties).json()));
        context.metastore().changed();
        return id;
    }

    private static String path(Found file) {
        return Identifiers.literal(file.place().path().text());
    }
}
