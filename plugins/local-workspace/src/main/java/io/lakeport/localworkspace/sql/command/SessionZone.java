package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time zone of a session: what Databricks takes as one, and what DuckDB calls it. */
public final class SessionZone {
    private SessionZone() {}

    /**
     * Returns the value unchanged when it names a time zone.
     *
     * @throws EngineException INVALID_CONF_VALUE.TIME_ZONE otherwise
     */
    static String require(String name, String value) {
        try {
            zone(value);
            return value;
        } catch (DateTimeException e) {
            throw SqlErrors.of(
                    "INVALID_CONF_VALUE.TIME_ZONE",
                    "22022",
                    "The value '" + value + "' in the config \"" + name + "\" is invalid. Cannot resolve the given "
                            + "timezone.");
        }
    }

    private static ZoneId zone(String value) {
        // Databricks also takes +h:mm and a bare UTC or GMT in front of the offset.
        return ZoneId.of(value.trim().replaceAll("^([+-])(\\d):", "$10$2:"), ZoneId.SHORT_IDS);
    }

    /** Returns the name under which DuckDB knows the zone. */
    public static String duck(String value) {
        ZoneId zone = zone(value);
        if (zone.normalized() instanceof ZoneOffset offset) {
            return offset.getTotalSeconds() == 0 ? "Etc/UTC" : "GMT" + offset.getId();
        }
        return zone.getId();
    }
}
