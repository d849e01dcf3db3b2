package io.lakeport.core.export.request;

import java.util.Locale;

/** Which way the rows shall take. */
public enum EngineChoice {
    /** The planner chooses, and says why. */
    AUTO,
    /** Through this process. */
    STREAM,
    /** The warehouse writes the files itself. */
    UNLOAD,
    /** A Databricks job writes the files. */
    JOB;

    /** Returns the name in manifests and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
