package io.lakeport.core.tenancy;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What one step of a deletion removed. It names nothing of the tenant's, because it outlives the tenant.
 *
 * @param name what was removed, for example {@code statements}: letters, digits and {@code -}
 * @param count how many; not negative
 * @param digests SHA-256 in hexadecimal, or ids of receipts, that speak of what was removed
 * @param note what a reader of the proof should know, one line; may be empty
 */
public record RemovedPart(String name, long count, List<String> digests, String note) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    public RemovedPart {
        Objects.requireNonNull(note, "note");
        digests = List.copyOf(digests);
        if (!NAME.matcher(name).matches() || count < 0) {
            throw new IllegalArgumentException("'" + name + "', " + count + " times, is no part of a deletion");
        }
        digests.forEach(digest -> {
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException("the digest of a part has characters that digests have not");
            }
        });
        if (note.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the note of a part is one line");
        }
    }

    /** Returns a part with no digests. */
    public static RemovedPart of(String name, long count, String note) {
        return new RemovedPart(name, count, List.of(), note);
    }

    /** Returns this part as one line. */
    String line() {
        return name + "\t" + count + "\t" + String.join(",", digests) + "\t" + note;
    }

    static RemovedPart parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("a part of a deletion has four fields, not " + fields.length);
        }
        List<String> digests = fields[2].isEmpty() ? List.of() : List.of(fields[2].split(","));
        return new RemovedPart(fields[0], Long.parseLong(fields[1]), digests, fields[3]);
    }
}
