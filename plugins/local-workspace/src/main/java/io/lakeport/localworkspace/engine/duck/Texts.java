package io.lakeport.localworkspace.engine.duck;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads small results as text. */
final class Texts {
    private Texts() {}

    static List<List<@Nullable String>> of(ResultSet rows) throws SQLException {
        List<List<@Nullable String>> all = new ArrayList<>();
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(rows.getString(i));
            }
            all.add(row);
        }
        return all;
    }
}
