package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.sql.type.DuckTypes;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tables of files, each column of a type that Databricks has. */
final class TableLoader {
    private final DuckDatabase database;

    TableLoader(DuckDatabase database) {
        this.database = database;
    }

    void load(String table, String reader) {
        List<String> list = new ArrayList<>();
        for (List<@Nullable String> row : database.rows("DESCRIBE SELECT * FROM " + reader)) {
            String name = Identifiers.duck(String.valueOf(row.get(0)));
            String type = String.valueOf(row.get(1));
            String wanted = DuckTypes.parse(type).duck();
            list.add(type.equals(wanted) ? name : "CAST(" + name + " AS " + wanted + ") AS " + name);
        }
        database.run("CREATE OR REPLACE TABLE " + table + " AS SELECT " + String.join(", ", list) + " FROM " + reader);
    }
}
