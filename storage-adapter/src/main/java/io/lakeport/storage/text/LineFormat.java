package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.query.Column;
import io.lakeport.storage.partition.GrowingBytes;
import java.util.List;

/** How a row becomes a line. */
public interface LineFormat {
    /** Returns the ending of file names, for example {@code csv}. */
    String extension();

    /**
     * Returns the encoder of a schema.
     *
     * @param columns the columns, none of which is a partition column
     * @param fields how their values lie, one for each column
     */
    Lines lines(List<Column> columns, List<ArrowField> fields);

    /** Encodes the rows of one schema. */
    interface Lines {
        /** Adds what stands at the beginning of each file. */
        void header(GrowingBytes out);

        /** Adds one row and its line end. */
        void row(GrowingBytes out, List<ArrowColumn> columns, int row);
    }
}
