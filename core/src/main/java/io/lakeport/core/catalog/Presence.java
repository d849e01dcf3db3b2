package io.lakeport.core.catalog;

import io.lakeport.core.grant.Securable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What looking for an object gave.
 *
 * @param securable what was looked for
 * @param state whether it is there
 * @param owner who owns it, empty when it is not seen
 * @param kind its type as the API tells, for example {@code MANAGED}, {@code VIEW}, {@code SYSTEM_CATALOG}
 * @param columns its columns in order, for tables and views
 * @param said the API's words when it is not seen, empty otherwise
 */
public record Presence(
        Securable securable,
        State state,
        Optional<String> owner,
        Optional<String> kind,
        List<Column> columns,
        Optional<String> said) {
    /** Whether something is there. */
    public enum State {
        PRESENT,
        /** The API says that there is none. It says so as well of what an identity may not know of, in places. */
        NOT_FOUND,
        /** The API refuses: it is there and not for this identity, or what it would lie in is not. */
        DENIED
    }

    /**
     * A column.
     *
     * @param name as it is
     * @param type as SQL writes it
     */
    public record Column(String name, String type) {}

    public Presence {
        Objects.requireNonNull(securable, "securable");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(kind, "kind");
        columns = List.copyOf(columns);
        Objects.requireNonNull(said, "said");
    }

    /** Returns whether it is seen. */
    public boolean isPresent() {
        return state == State.PRESENT;
    }

    /** Returns what it means that an object is not seen. */
    public static Presence missing(Securable securable, State state, String said) {
        return new Presence(securable, state, Optional.empty(), Optional.empty(), List.of(), Optional.of(said));
    }
}
