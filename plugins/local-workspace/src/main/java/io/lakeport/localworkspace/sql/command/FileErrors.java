package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FilePath;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words what is wrong with a file as statements fail with it on Databricks. */
public final class FileErrors {
    private FileErrors() {}

    /** Returns the failure of a statement. */
    public static EngineException of(FileError error) {
        String path = error.path();
        String message = String.valueOf(error.getMessage());
        return switch (error.reason()) {
            case NOT_FOUND -> SqlErrors.of("PATH_NOT_FOUND", "42K03", "Path does not exist: " + path + ".");
            case ALREADY_EXISTS ->
                SqlErrors.of(
                        "FILE_IN_STAGING_PATH_ALREADY_EXISTS",
                        "42KD5",
                        "File in staging path " + path + " already exists but OVERWRITE is not set.");
            case NO_VOLUME -> noVolume(FilePath.parse(path).parts().subList(0, 3));
            case NO_LOCATION ->
                SqlErrors.of(
                        "NO_PARENT_EXTERNAL_LOCATION_FOR_PATH",
                        "42704",
                        "No parent external location was found for path '" + path
                                + "'. Please create an external location"
                                + " on one of the parent paths and then retry the query or command again.");
            case DENIED -> denied(message);
            case INVALID_PATH, NOT_DIRECTORY, IS_DIRECTORY, NOT_EMPTY ->
                SqlErrors.of("INVALID_PARAMETER_VALUE.PATH", "22023", message + ".");
            case UNAVAILABLE -> SqlErrors.of("FAILED_READ_FILE.NO_HINT", "KD001", message);
        };
    }

    static EngineException denied(@Nullable String message) {
        return SqlErrors.of("INSUFFICIENT_PERMISSIONS", "42501", "Insufficient privileges: " + message);
    }

    static EngineException noVolume(List<String> name) {
        List<String> lower = name.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
        return SqlErrors.of(
                "UC_VOLUME_NOT_FOUND",
                "42704",
                "Volume " + Identifiers.backticked(lower)
                        + " does not exist. Please use 'SHOW VOLUMES' to list available volumes.");
    }
}
