package io.lakeport.app.config;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Where rows of exports may lie, beside memory. */
public enum Residency {
    /** Wherever the configuration says, this machine's disk included. */
    ANYWHERE("anywhere"),
    /** In the customer's own storage alone: nothing of a row is ever written to this machine. */
    IN_PLACE("in-place");

    private static final String SPILL = "spill_directory";
    private static final String OFF = "off";
    /** Stores that would keep parts in a temporary file when memory is short. */
    private static final Set<String> SPILLING = Set.of("s3", "abfss", "volume");

    private final String text;

    Residency(String text) {
        this.text = text;
    }

    /** Returns how the configuration names it. */
    public String text() {
        return text;
    }

    /**
     * Returns the residency of that name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Residency parse(String name) {
        return Arrays.stream(values())
                .filter(known -> known.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no residency; use " + ANYWHERE.text + " or " + IN_PLACE.text));
    }

    /**
     * Returns the properties with which a store is opened.
     *
     * @throws LakeportException PERMISSION_DENIED for a place on this machine, INVALID_REQUEST for a directory of this
     *     machine among the properties, where rows must stay in place
     */
    public Map<String, String> storeProperties(URI root, Map<String, String> properties) {
        if (this == ANYWHERE) {
            return properties;
        }
        String scheme = String.valueOf(root.getScheme());
        if (scheme.equals("file")) {
            throw new LakeportException(
                    CoreError.OUT_OF_SCOPE,
                    "'" + root
                            + "' is on this machine, and 'exports.residency' is in-place: rows stay in the customer's"
                            + " storage; give a target there, for example s3://, abfss:// or volume:/Volumes/");
        }
        if (!SPILLING.contains(scheme)) {
            return properties;
        }
        Map<String, String> spared = new HashMap<>(properties);
        String directory = spared.put(SPILL, OFF);
        if (directory != null && !directory.equals(OFF)) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "the store of '" + root + "' has '" + SPILL + "', and 'exports.residency' is in-place: no row may"
                            + " touch this machine's disk; remove one of the two");
        }
        return spared;
    }
}
