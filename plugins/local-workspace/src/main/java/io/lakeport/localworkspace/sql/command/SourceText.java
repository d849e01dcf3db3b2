package io.lakeport.localworkspace.sql.command;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;

/** The text of a part of a statement as it was written. */
final class SourceText {
    private SourceText() {}

    static String of(ParserRuleContext ctx) {
        if (ctx.getStop() == null
                || ctx.getStop().getStopIndex() < ctx.getStart().getStartIndex()) {
            return "";
        }
        return ctx.getStart()
                .getInputStream()
                .getText(Interval.of(
                        ctx.getStart().getStartIndex(), ctx.getStop().getStopIndex()));
    }
}
