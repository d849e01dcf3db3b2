package io.lakeport.localworkspace.sql.expression;

import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** Finds the node that a chain of single-child nodes leads to. */
public final class Unwrap {
    private Unwrap() {}

    static SqlBaseParser.@Nullable LambdaContext lambda(ParseTree node) {
        return find(node, SqlBaseParser.LambdaContext.class);
    }

    /** Returns the node of a type that an expression consists of, or {@code null}. */
    public static <T> @Nullable T find(ParseTree node, Class<T> type) {
        ParseTree at = node;
        while (true) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            if (at.getChildCount() != 1) {
                return null;
            }
            at = at.getChild(0);
        }
    }
}
