package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.query.FileOptions;
import io.lakeport.localworkspace.sql.query.Files;
import java.util.List;

/**
 * Files of which some may be left out because they cannot be read.
 *
 * @param others the files to read
 * @param skipped how many were left out
 */
record CorruptFiles(List<Found> others, int skipped) {
    static CorruptFiles among(List<Found> files, String format, FileOptions options) {
        if (!options.flag("ignorecorruptfiles", false)) {
            return new CorruptFiles(files, 0);
        }
        List<Found> good =
                files.stream().filter(f -> Files.isReadable(f, format)).toList();
        return new CorruptFiles(good, files.size() - good.size());
    }
}
