package io.lakeport.core.export.advice;

import io.lakeport.core.export.advice.AdviceFinding.Severity;
import io.lakeport.core.export.advice.AdviceFinding.Topic;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the facts about a table mean for an incremental export of it. */
final class Judgement {
    /** Rows that are later than this tell an event's time, or an import of old rows, rather than a slow pipeline. */
    private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(7);

    private final TableName table;
    private final CommitLog log;
    private final boolean feed;
    private final List<AdviceFinding> findings = new ArrayList<>();

    Judgement(TableName table, CommitLog log, boolean feed) {
        this.table = table;
        this.log = log;
        this.feed = feed;
    }

    static boolean canBound(SqlType type) {
        return isTime(type)
                || switch (type.kind()) {
                    case TINYINT, SMALLINT, INT, BIGINT -> true;
                    default -> type.kind() == SqlType.Kind.DECIMAL && type.scale() == 0;
                };
    }

    static boolean isTime(SqlType type) {
        return switch (type.kind()) {
            case TIMESTAMP, TIMESTAMP_NTZ, DATE -> true;
            default -> false;
        };
    }

    WatermarkAdvice withoutColumn() {
        findings.add(AdviceFinding.of(
                Severity.PROBLEM,
                Topic.COLUMN,
                "no column of " + table + " is a timestamp, date or integer",
                "nothing tells new rows from old ones",
                addColumn()));
        history();
        return new WatermarkAdvice(table, Optional.empty(), findings, byFeedAlone());
    }

    WatermarkAdvice unusable(Column column) {
        findings.add(AdviceFinding.of(
                Severity.PROBLEM,
                Topic.TYPE,
                "'" + column.name() + "' is " + column.type(),
                "its values do not order rows in time, so that no window can be bounded by it",
                addColumn()));
        history();
        return new WatermarkAdvice(table, Optional.of(column.name()), findings, byFeedAlone());
    }

    WatermarkAdvice of(Column column, ColumnFacts facts, LateRows late) {
        type(column);
        nulls(column, facts);
        name(column);
        ties(column, facts);
        future(column, facts);
        order(column, late);
        history();
        return new WatermarkAdvice(table, Optional.of(column.name()), findings, proposal(column, facts, late));
    }

    private void type(Column column) {
        if (column.type().kind() == SqlType.Kind.TIMESTAMP) {
            findings.add(AdviceFinding.good(Topic.TYPE, "'" + column.name() + "' is a TIMESTAMP"));
        } else if (isTime(column.type())) {
            note(
                    Topic.TYPE,
                    "'" + column.name() + "' is " + column.type() + ", which does not say in which zone it was taken",
                    "rows wait until their time is over everywhere on earth, up to 26 hours",
                    "declare the zone of the writers (zone of the increment), or use a TIMESTAMP");
        } else {
            note(
                    Topic.TYPE,
                    "'" + column.name() + "' is " + column.type() + ", which tells no time",
                    "settle time and look-back cannot be used, and a row that is committed after one with a greater number"
                            + " is missed",
                    "use a TIMESTAMP that is set at every write, or the change data feed");
        }
    }

    private void nulls(Column column, ColumnFacts facts) {
        if (facts.nulls() > 0) {
            String name = Identifier.of(column.name()).quoted();
            findings.add(AdviceFinding.of(
                    Severity.PROBLEM,
                    Topic.NULLS,
                    count(facts.nulls(), "row") + " of " + facts.rows() + " have NULL in '" + column.name() + "'",
                    "they are in no window and would never be exported; the export refuses to begin",
                    "UPDATE " + table.quoted() + " SET " + name + " = current_timestamp() WHERE " + name
                            + " IS NULL; ALTER TABLE " + table.quoted() + " ALTER COLUMN " + name + " SET NOT NULL"));
        }
    }

    private void name(Column column) {
        NamedFor meaning = NamedFor.of(column.name());
        boolean changes = log.updated() > 0;
        String called = "'" + column.name() + "' is named for ";
        switch (meaning) {
            case CHANGE -> findings.add(AdviceFinding.good(Topic.NAME, called + "the last change of a row"));
            case CREATION, EVENT -> {
                String what = called + (meaning == NamedFor.EVENT ? "an event" : "the creation of a row");
                if (neverChanged()) {
                    note(
                            Topic.NAME,
                            what + ", and no row was ever changed",
                            "a later change would be missed",
                            "declare the export append-only, and keep the table so");
                } else {
                    findings.add(AdviceFinding.of(
                            changes ? Severity.PROBLEM : Severity.WARNING,
                            Topic.NAME,
                            what
                                    + (changes
                                            ? ", and rows are changed later"
                                            : ", and whether rows change is not known"),
                            "a row that is changed keeps its old value and is not exported again",
                            addColumn()));
                }
            }
            case UNKNOWN ->
                note(
                        Topic.NAME,
                        "the name of '" + column.name() + "' does not tell what its value is of",
                        "a value that a change does not move hides the change",
                        "see to it that every write sets it");
        }
    }

    /** Only a history that is known from the first commit on proves it. */
    private boolean neverChanged() {
        return log.isWhole() && log.updated() == 0;
    }

    private void ties(Column column, ColumnFacts facts) {
        long values = facts.rows() - facts.nulls();
        if (values == 0) {
            return;
        }
        long shared = Math.round(100.0 * (values - facts.distinct()) / values);
        String seen = "'" + column.name() + "' has " + count(facts.distinct(), "value") + " in " + values + " rows ("
                + shared + " % share one with another row, at most " + facts.largestTie() + " the same)";
        if (isTime(column.type()) && column.type().kind() != SqlType.Kind.DATE) {
            findings.add(
                    AdviceFinding.good(Topic.TIES, seen + "; windows end before the clock, so ties stay together"));
        } else {
            note(
                    Topic.TIES,
                    seen,
                    "rows of the newest value wait for the next window, because more may come",
                    column.type().kind() == SqlType.Kind.DATE
                            ? "nothing, if a day's delay is fine; otherwise use a TIMESTAMP"
                            : "declare the export append-only if a number never comes again");
        }
    }

    private void future(Column column, ColumnFacts facts) {
        if (facts.future() > 0) {
            findings.add(AdviceFinding.of(
                    Severity.WARNING,
                    Topic.FUTURE,
                    count(facts.future(), "row") + " have a value of '" + column.name() + "' ahead of the clock",
                    "each is exported only when its time has come, a placeholder such as 9999-12-31 never",
                    "find out which writer sets them: its clock, its zone, or a placeholder that should be elsewhere"));
        }
    }

    private void order(Column column, LateRows late) {
        if (late.commits() == 0) {
            note(
                    Topic.ORDER,
                    "no commit of " + table + " could be looked at",
                    "whether rows arrive with values that are over already is not known",
                    "look at a table with history, or ask those who write it");
        } else if (late.behind() == 0) {
            findings.add(AdviceFinding.good(
                    Topic.ORDER,
                    count(late.written(), "row") + " of the newest " + count(late.commits(), "commit")
                            + " all came in the order of '" + column.name() + "'"));
        } else {
            boolean mendable = isTime(column.type()) && late.latest().compareTo(LONGEST_LOOK_BACK) <= 0;
            findings.add(AdviceFinding.of(
                    mendable ? Severity.WARNING : Severity.PROBLEM,
                    Topic.ORDER,
                    late.behind() + " of " + late.written() + " rows of the newest " + count(late.commits(), "commit")
                            + " came with a value of '" + column.name() + "' that was over already"
                            + (late.latest().isZero()
                                    ? ""
                                    : ", stamped up to " + text(late.latest()) + " before their commit"),
                    "each of them is missed by a window that ended in between: the column tells when something happened,"
                            + " not when the row was loaded",
                    mendable
                            ? "look back " + text(lookBack(late)) + " (and merge by key, or append with versions), or "
                                    + addColumn()
                            : addColumn()));
        }
    }

    private void history() {
        if (!log.isKnown()) {
            note(
                    Topic.HISTORY,
                    table + " has no versions: it is a view or no Delta table",
                    "a run that is begun again may read newer rows, and updates and deletes cannot be seen",
                    "export the table behind the view");
            return;
        }
        if (log.updated() > 0) {
            note(
                    Topic.UPDATES,
                    "rows are changed: " + count(log.updated(), "row") + " in "
                            + count(log.commits().size(), "commit"),
                    "an appending export holds every state of such a row",
                    "merge by key");
        }
        if (log.deleted() > 0 && !feed) {
            findings.add(AdviceFinding.of(
                    Severity.WARNING,
                    Topic.DELETES,
                    count(log.deleted(), "row") + " deleted in "
                            + count(log.commits().size(), "commit"),
                    "no watermark sees a row that is gone: it stays in the files",
                    turnFeedOn()));
        }
        if (log.turnedBack()) {
            findings.add(AdviceFinding.of(
                    Severity.WARNING,
                    Topic.HISTORY,
                    table + " was restored to an old version",
                    "rows come back with old values that windows have passed",
                    "begin again with mode OVERWRITE"));
        }
        if (feed) {
            findings.add(AdviceFinding.good(
                    Topic.CHANGE_FEED, "the change data feed is on; it tells every change and every delete"));
        } else if (log.updated() > 0) {
            note(
                    Topic.CHANGE_FEED,
                    "the change data feed is off",
                    "changes are found by the watermark only",
                    turnFeedOn());
        }
    }

    private void note(Topic topic, String seen, String risk, String fix) {
        findings.add(AdviceFinding.of(Severity.NOTE, topic, seen, risk, fix));
    }

    private String addColumn() {
        return "ALTER TABLE " + table.quoted()
                + " ADD COLUMN updated_at TIMESTAMP, set it to current_timestamp() in every"
                + " INSERT, UPDATE and MERGE, and fill it once with UPDATE " + table.quoted()
                + " SET updated_at = current_timestamp() WHERE updated_at IS NULL"
                + (feed ? "; or export by the change data feed, which is on" : "; or " + turnFeedOn());
    }

    private String turnFeedOn() {
        return "ALTER TABLE " + table.quoted() + " SET TBLPROPERTIES (delta.enableChangeDataFeed = true), and export by"
                + " the feed";
    }

    private Optional<Increment> byFeedAlone() {
        return feed ? Optional.of(Increment.byFeed()) : Optional.empty();
    }

    private Optional<Increment> proposal(Column column, ColumnFacts facts, LateRows late) {
        if (feed) {
            return byFeedAlone();
        }
        if (facts.nulls() > 0 || findings.stream().anyMatch(finding -> finding.severity() == Severity.PROBLEM)) {
            return Optional.empty();
        }
        Increment along = Increment.along(column.name());
        Increment proposed = isTime(column.type()) ? along.lookingBack(lookBack(late)) : along;
        return Optional.of(neverChanged() && isTime(column.type()) ? proposed.declaredAppendOnly() : proposed);
    }

    /** Half as long again as was seen, in whole minutes. */
    private static Duration lookBack(LateRows late) {
        long minutes =
                late.latest().multipliedBy(3).dividedBy(2).plusSeconds(59).toMinutes();
        return late.behind() == 0 ? Duration.ZERO : Duration.ofMinutes(Math.max(1, minutes));
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String text(Duration time) {
        if (time.toDays() > 2) {
            return time.toDays() + " days";
        }
        return time.toHours() > 2 ? time.toHours() + " hours" : Math.max(1, time.toMinutes()) + " minutes";
    }
}
