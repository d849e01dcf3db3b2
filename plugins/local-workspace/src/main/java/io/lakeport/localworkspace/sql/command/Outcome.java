package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.engine.FileTransfer;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command leaves to be answered.
 *
 * @param type kind of statement as system.query.history names it
 * @param answer the rows to answer, {@code null} when there are none and no columns either
 * @param transfer file that the client is to move, {@code null} for none
 */
public record Outcome(
        String type, @Nullable Query answer, @Nullable FileTransfer transfer) {
    /** Leaves rows or nothing to be answered. */
    public Outcome(String type, @Nullable Query answer) {
        this(type, answer, null);
    }

    static Outcome none(String type) {
        return new Outcome(type, null);
    }

    static Outcome rows(String type, Listing listing) {
        return new Outcome(type, listing.query());
    }

    /** The counts that Databricks answers to DML, each a BIGINT. */
    static Outcome counts(String type, List<String> names, Long... values) {
        Listing listing = new Listing();
        names.forEach(n -> listing.column(n, SqlType.LONG));
        return rows(type, listing.row(Arrays.asList(values)));
    }
}
