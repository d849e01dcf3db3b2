package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one session: the parameters that a SQL warehouse has, each with the values under which the
 * workspace answers as Databricks would. Anything else is refused, so that no setting is taken without effect.
 * Thread-safe.
 *
 * @see <a href="https://docs.databricks.com/en/sql/language-manual/sql-ref-parameters.html">Configuration parameters</a>
 */
public final class SessionConfiguration {
    private static final String TIMEOUT = "statement_timeout";
    private static final String TAGS = "query_tags";
    private static final String ZONE = "timezone";

    /** Longest statement timeout that Databricks has, and its default: two days. */
    private static final int MOST_SECONDS = 172_800;

    private static final Map<String, String> DEFAULTS = Map.of(
            "ansi_mode",
            "true",
            "enable_photon",
            "true",
            "legacy_time_parser_policy",
            "EXCEPTION",
            "max_file_partition_bytes",
            "128MB",
            "read_only_external_metastore",
            "false",
            TIMEOUT,
            String.valueOf(MOST_SECONDS),
            ZONE,
            "Etc/UTC",
            "use_cached_result",
            "true",
            TAGS,
            "");

    private final Map<String, String> values = new TreeMap<>(DEFAULTS);
    private final Map<String, String> tags = new LinkedHashMap<>();

    /** Takes what a client sent when it opened the session. */
    public static SessionConfiguration of(Map<String, String> sent) {
        SessionConfiguration configuration = new SessionConfiguration();
        sent.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).equals(TAGS)) {
                configuration.put(TAGS, value);
            } else if (!DriverSettings.isHarmless(name, value)) {
                configuration.set(name, value);
            }
        });
        return configuration;
    }

    /** Returns all parameters in order of their names. */
    public synchronized Map<String, String> all() {
        return new TreeMap<>(values);
    }

    /** Returns the value of a parameter; fails when there is none of that name. */
    public synchronized String get(String name) {
        String value = values.get(name.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw unknown(name);
        }
        return value;
    }

    /** Changes a parameter; fails when there is none of that name or the value is not one that takes effect here. */
    public void set(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        switch (key) {
            case "ansi_mode", "enable_photon" -> only(key, value, "true");
            case "read_only_external_metastore" -> only(key, value, "false");
            case "use_cached_result" -> only(key, value, "true", "false");
            case "legacy_time_parser_policy" -> only(key, value, "EXCEPTION", "CORRECTED");
            case ZONE -> SessionZone.require(key, value);
            case "max_file_partition_bytes" -> require(key, value, "(?i)[0-9]+\\s*[kmg]?b?");
            case TIMEOUT -> require(key, value, "[0-9]{1,6}");
            case TAGS ->
                throw SqlErrors.unsupported("SET QUERY_TAGS without a key; write SET QUERY_TAGS['key'] = 'value'");
            default -> throw unknown(name);
        }
        put(key, value);
    }

    /** Gives a parameter its default. */
    public void reset(String name) {
        get(name);
        String key = name.toLowerCase(Locale.ROOT);
        put(key, String.valueOf(DEFAULTS.get(key)));
    }

    /** Gives all parameters their defaults. */
    public synchronized void reset() {
        values.putAll(DEFAULTS);
    }

    /** Returns the session's time zone as it was set. */
    public String timeZone() {
        return get(ZONE);
    }

    /** Changes one query tag; {@code null} removes it. */
    synchronized void tag(String key, @Nullable String value) {
        if (value == null) {
            tags.remove(key);
        } else {
            tags.put(key, value);
        }
    }

    /** Returns what was set by SET QUERY_TAGS, in that order. */
    public synchronized Map<String, String> queryTags() {
        return new LinkedHashMap<>(tags);
    }

    /** Returns how long a statement may run, when that is less than Databricks' own limit. */
    public Optional<Duration> statementTimeout() {
        int seconds = Integer.parseInt(get(TIMEOUT));
        return seconds == 0 || seconds >= MOST_SECONDS ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    private synchronized void put(String key, String value) {
        values.put(key, value);
    }

    private static void only(String name, String value, String... honoured) {
        for (String one : honoured) {
            if (one.equalsIgnoreCase(value)) {
                return;
            }
        }
        throw SqlErrors.unsupported(
                "with " + name + " = " + value + "; it has " + name + " = " + String.join(" or ", honoured));
    }

    private static void require(String name, String value, String pattern) {
        if (!value.matches(pattern)) {
            throw SqlErrors.of(
                    "INVALID_CONF_VALUE.TYPE_MISMATCH",
                    "22022",
                    "The value '" + value + "' in the config \"" + name + "\" is invalid.");
        }
    }

    private static RuntimeException unknown(String name) {
        return SqlErrors.of(
                "CONFIG_NOT_AVAILABLE",
                "42K0I",
                "Configuration " + name + " is not available. A SQL warehouse has "
                        + String.join(", ", new TreeMap<>(DEFAULTS).keySet()) + ".");
    }
}
