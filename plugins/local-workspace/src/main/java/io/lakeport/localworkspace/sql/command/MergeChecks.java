package io.lakeport.localworkspace.sql.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** What MERGE's clauses must be like, and how the log tells them. */
final class MergeChecks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MergeChecks() {}

    static void check(SqlBaseParser.MergeIntoTableContext ctx) {
        if (ctx.matchedClause().isEmpty()
                && ctx.notMatchedClause().isEmpty()
                && ctx.notMatchedBySourceClause().isEmpty()) {
            throw SqlErrors.of(
                    "DELTA_MERGE_MISSING_WHEN",
                    "42601",
                    "There must be at least one WHEN clause in a MERGE statement.");
        }
        requireConditions("MATCHED", ctx.matchedClause());
        requireConditions("NOT MATCHED", ctx.notMatchedClause());
        requireConditions("NOT MATCHED BY SOURCE", ctx.notMatchedBySourceClause());
    }

    private static void requireConditions(String kind, List<? extends ParserRuleContext> clauses) {
        for (int i = 0; i < clauses.size() - 1; i++) {
            if (condition(clauses.get(i)) == null) {
                throw SqlErrors.of(
                        "NON_LAST_" + kind.replace(' ', '_') + "_CLAUSE_OMIT_CONDITION",
                        "42613",
                        "When there are more than one " + kind + " clauses in a MERGE statement, only the last " + kind
                                + " clause can omit the condition.");
            }
        }
    }

    static @Nullable ParserRuleContext condition(ParserRuleContext clause) {
        if (clause instanceof SqlBaseParser.MatchedClauseContext c) {
            return c.matchedCond;
        }
        if (clause instanceof SqlBaseParser.NotMatchedClauseContext c) {
            return c.notMatchedCond;
        }
        return clause instanceof SqlBaseParser.NotMatchedBySourceClauseContext c ? c.notMatchedBySourceCond : null;
    }

    private static String action(ParserRuleContext clause) {
        ParserRuleContext action = (ParserRuleContext) clause.getChild(clause.getChildCount() - 1);
        return action.getStart().getText().toLowerCase(Locale.ROOT);
    }

    static String predicates(List<? extends ParserRuleContext> clauses) {
        ArrayNode all = JSON.createArrayNode();
        for (ParserRuleContext c : clauses) {
            ObjectNode node = all.addObject();
            ParserRuleContext condition = condition(c);
            if (condition != null) {
                node.put("predicate", SourceText.of(condition));
            }
            node.put("actionType", action(c));
        }
        return all.toString();
    }
}
