package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** Runs one parsed statement: answers a query, or does what a command says. */
public final class Commands {
    private Commands() {}

    /** Returns what is to be answered; commands have been carried out by then. */
    public static Outcome run(SingleStatementContext ctx, CommandContext context) {
        if (ctx.setResetStatement() != null) {
            return new SessionCommands(context).set(ctx.setResetStatement());
        }
        return run(ctx.statement(), context);
    }

    static Outcome run(StatementContext ctx, CommandContext context) {
        Runnable done = new StatementRights(context).require(ctx);
        Outcome outcome = dispatch(ctx, context);
        done.run();
        return outcome;
    }

    private static Outcome dispatch(StatementContext ctx, CommandContext context) {
        if (ctx instanceof SqlBaseParser.StatementDefaultContext query) {
            return new Outcome("SELECT", context.query(query.query()));
        }
        if (ctx instanceof SqlBaseParser.DmlStatementContext dml) {
            if (dml.ctes() != null) {
                context.statement().begin(dml.ctes());
            }
            return dml(dml.dmlStatementNoWith(), context);
        }
        Outcome outcome = new TableCommands(context).run(ctx);
        if (outcome == null) {
            outcome = new ViewCommands(context).run(ctx);
        }
        if (outcome == null) {
            outcome = new VariableCommands(context).run(ctx);
        }
        if (outcome == null) {
            outcome = new FunctionCommands(context).run(ctx);
        }
        if (outcome == null) {
            outcome = new AlterCommands(context).run(ctx);
        }
        if (outcome == null) {
            outcome = new SessionCommands(context).run(ctx);
        }
        if (outcome == null) {
            outcome = new DescribeCommands(context).run(ctx);
        }
        if (outcome == null) {
            throw SqlErrors.unsupported("the statement " + firstWords(ctx));
        }
        return outcome;
    }

    private static Outcome dml(SqlBaseParser.DmlStatementNoWithContext ctx, CommandContext context) {
        if (ctx instanceof SqlBaseParser.MultiInsertQueryContext many) {
            return many(many, context);
        }
        if (ctx instanceof SqlBaseParser.SingleInsertQueryContext insert) {
            SqlBaseParser.DmlStatementNoWithContext plain = MultiInsert.withDefaults(insert, context);
            if (plain != null) {
                return dml(plain, context);
            }
            return new InsertCommand(context).run(insert.insertInto(), insert.query());
        }
        Outcome outcome = new RowCommands(context).run(ctx);
        if (ctx instanceof SqlBaseParser.MergeIntoTableContext merge) {
            return new MergeCommand(context).run(merge);
        }
        return required(outcome, ctx.getStart().getText());
    }

    private static Outcome many(SqlBaseParser.MultiInsertQueryContext ctx, CommandContext context) {
        Outcome last = null;
        for (String statement : MultiInsert.statements(ctx)) {
            last = run(StatementParser.parse(statement).statement(), context);
        }
        return required(last, "INSERT");
    }

    private static Outcome required(@Nullable Outcome outcome, String what) {
        if (outcome == null) {
            throw SqlErrors.unsupported("this form of " + what);
        }
        return outcome;
    }

    private static String firstWords(StatementContext ctx) {
        String second = ctx.getChildCount() > 1 ? " " + ctx.getChild(1).getText() : "";
        return ctx.getStart().getText() + second;
    }
}
