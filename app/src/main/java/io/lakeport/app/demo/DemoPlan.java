package io.lakeport.app.demo;

import io.lakeport.core.sql.TableName;
import java.net.URI;

/**
 * What the road is walked with.
 *
 * @param origin table whose rows are taken
 * @param table name of the copy that is changed and exported; it is replaced, and dropped at the end
 * @param target folder for the files, empty at the start; ends in a slash
 */
public record DemoPlan(TableName origin, TableName table, URI target) {
    public DemoPlan {
        if (!target.toString().endsWith("/")) {
            throw new IllegalArgumentException("the target '" + target + "' must end in '/'");
        }
    }
}
