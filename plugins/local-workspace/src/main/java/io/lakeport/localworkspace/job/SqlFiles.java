package io.lakeport.localworkspace.job;

import java.util.Optional;

/** Where SQL tasks find their files. Thread-safe. */
@FunctionalInterface
public interface SqlFiles {
    /** Returns the text of a workspace file, empty when there is none at this absolute path. */
    Optional<String> read(String path);
}
