package io.lakeport.core.grant;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What gives a right that is missing. Where there are both statements and calls, either does it.
 *
 * @param what what it does, in words
 * @param sql statements to run one after another on a warehouse, empty when SQL cannot do it
 * @param calls calls to make one after another, empty when no API does it
 * @param who whoever of these may
 * @param documentation page that documents it
 */
public record Fix(String what, List<String> sql, List<ApiCall> calls, Set<Authority> who, URI documentation) {
    public Fix {
        Objects.requireNonNull(what, "what");
        sql = List.copyOf(sql);
        calls = List.copyOf(calls);
        who = Set.copyOf(who);
        Objects.requireNonNull(documentation, "documentation");
        if (who.isEmpty()) {
            throw new IllegalArgumentException("nobody may '" + what + "'");
        }
    }

    /** Returns who may, for a sentence. */
    public String whoWords() {
        return new TreeSet<>(who).stream().map(Authority::words).collect(Collectors.joining(", or "));
    }
}
