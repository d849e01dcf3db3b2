package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.type.SqlType.Field;
import java.util.List;
import java.util.Locale;

/**
 * Files to be read as one table.
 *
 * @param format for example {@code csv}, in lower case
 * @param root path under which partition directories count
 * @param files the files
 * @param options how they are written
 * @param schema the columns that they are said to have, none to look for them
 * @param infer whether the types of CSV columns are looked for, too
 * @param rescue whether values that do not fit are kept in {@code _rescued_data}
 */
public record FileRequest(
        String format,
        String root,
        List<Found> files,
        FileOptions options,
        List<Field> schema,
        boolean infer,
        boolean rescue) {
    public FileRequest {
        format = format.toLowerCase(Locale.ROOT);
        files = List.copyOf(files);
        schema = List.copyOf(schema);
    }

    /** Returns this with another schema. */
    FileRequest withSchema(List<Field> other) {
        return new FileRequest(format, root, files, options, other, infer, rescue);
    }
}
