package io.lakeport.core.export.advice;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was found about a watermark column.
 *
 * @param severity how much it matters
 * @param topic what it is about
 * @param seen what was seen, with numbers
 * @param risk which rows an export would lose or double; empty when none
 * @param fix what to do, SQL included; empty when nothing needs to be done
 */
public record AdviceFinding(Severity severity, Topic topic, String seen, Optional<String> risk, Optional<String> fix) {
    /** How much a finding matters. */
    public enum Severity {
        /** As it should be. */
        GOOD,
        /** Rows are exported correctly, if what the finding says is kept in mind. */
        NOTE,
        /** Some rows would be lost or doubled unless the export is set up as the fix says. */
        WARNING,
        /** Rows will be lost, or the column cannot be used. */
        PROBLEM
    }

    /** What a finding is about. */
    public enum Topic {
        COLUMN,
        TYPE,
        NAME,
        NULLS,
        TIES,
        FUTURE,
        UPDATES,
        DELETES,
        ORDER,
        CHANGE_FEED,
        HISTORY
    }

    public AdviceFinding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(fix, "fix");
    }

    static AdviceFinding good(Topic topic, String seen) {
        return new AdviceFinding(Severity.GOOD, topic, seen, Optional.empty(), Optional.empty());
    }

    static AdviceFinding of(Severity severity, Topic topic, String seen, String risk, String fix) {
        return new AdviceFinding(severity, topic, seen, Optional.of(risk), Optional.of(fix));
    }

    /** Returns the finding in one line for a person. */
    @Override
    public String toString() {
        return severity + " " + topic + ": " + seen
                + risk.map(text -> "; " + text).orElse("")
                + fix.map(text -> "; fix: " + text).orElse("");
    }
}
