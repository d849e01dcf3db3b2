package io.lakeport.storage.option;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Named settings of one component. A name that the component does not know is an error, because a setting that is
 * silently ignored is worse than none. Immutable.
 */
public final class Options {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String SERVER =
            "expected https://host or https://host:port; http is taken only on this machine";

    private final String owner;
    private final Map<String, String> values;

    private Options(String owner, Map<String, String> values) {
        this.owner = owner;
        this.values = values;
    }

    /**
     * Takes settings whose names are all known.
     *
     * @param owner whose settings they are, for messages, for example {@code store s3://bucket/}
     * @throws LakeportException INVALID_REQUEST for a name that is not known, with the nearest one that is
     */
    public static Options of(String owner, Map<String, String> values, Set<String> known) {
        requireKnown(owner, "option", values.keySet(), known);
        return new Options(owner, Map.copyOf(values));
    }

    /** Refuses names that are not known; {@code what} says what they name, for example {@code secret}. */
    public static void requireKnown(String owner, String what, Set<String> names, Set<String> known) {
        for (String name : new TreeSet<>(names)) {
            if (!known.contains(name)) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        owner + " has no " + what + " '" + name + "'" + hint(name, known) + "; it has "
                                + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** Returns a setting, empty when it is absent. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns {@code true} or {@code false}, or {@code other} when the setting is absent. */
    public boolean flag(String name, boolean other) {
        String value = values.getOrDefault(name, String.valueOf(other));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "expected true or false");
        };
    }

    /** Returns a number of at least {@code least}, or {@code other} when the setting is absent. */
    public long number(String name, long least, long other) {
        String value = values.get(name);
        if (value == null) {
            return other;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw malformed(name, "expected a whole number of at least " + least);
        }
        throw malformed(name, "expected at least " + least);
    }

    /** Returns {@code text} as the URL of a server without a path; http is taken on this machine only. */
    public URI server(String name, String text) {
        URI uri = base(name, text);
        if (!uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
            throw malformed(name, SERVER);
        }
        return uri;
    }

    /** Returns {@code text} as the URL of a server, which may have a path; http is taken on this machine only. */
    public URI base(String name, String text) {
        try {
            URI uri = URI.create(text);
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost()));
            if (secure && uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(name, "it is no URL; " + SERVER);
        }
        throw malformed(name, SERVER);
    }

    /** Returns the error for a setting whose value is not legal. */
    public LakeportException malformed(String name, String expected) {
        return new LakeportException(
                CoreError.INVALID_CONFIGURATION,
                "option '" + name + "' of " + owner + " is '" + values.getOrDefault(name, "") + "'; " + expected);
    }

    private static String hint(String name, Set<String> known) {
        return known.stream()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .filter(nearest -> distance(name, nearest) <= Math.max(2, name.length() / 3))
                .map(nearest -> ", did you mean '" + nearest + "'?")
                .orElse("");
    }

    /** How many characters must be added, removed or changed to make one text of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
