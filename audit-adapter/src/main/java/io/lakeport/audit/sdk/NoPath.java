package io.lakeport.audit.sdk;

import com.databricks.sdk.core.UserAgent;
import com.databricks.sdk.core.utils.Environment;
import java.util.Map;

/**
 * Lets the SDK work in a process without a PATH variable, as minimal containers are. For its User-Agent the SDK splits
 * PATH with no check (0.141.0) and every call ends in a NullPointerException; the User-Agent itself is replaced in
 * {@link TenantHttp} and what the SDK reads for it goes nowhere.
 */
final class NoPath extends UserAgent {
    private NoPath() {}

    /** Gives the SDK an empty environment where it would fail on the real one; elsewhere leaves the SDK as it is. */
    static void spare() {
        if (System.getenv("PATH") == null && env == null) {
            env = new Environment(Map.of(), new String[0], System.getProperty("os.name"));
        }
    }
}
