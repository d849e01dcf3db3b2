package io.lakeport.localworkspace.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Finds parts of a parse tree. */
final class TreeSearch {
    private TreeSearch() {}

    /** Returns all nodes of a kind below a node, in the order of the text. */
    static <T extends ParseTree> List<T> all(ParseTree from, Class<T> kind) {
        return all(from, kind, node -> false);
    }

    /** Returns all nodes of a kind below a node that are not inside of one that closes what is below it. */
    static <T extends ParseTree> List<T> all(ParseTree from, Class<T> kind, Predicate<ParseTree> closed) {
        List<T> found = new ArrayList<>();
        collect(from, kind, closed, found);
        return found;
    }

    private static <T extends ParseTree> void collect(
            ParseTree node, Class<T> kind, Predicate<ParseTree> closed, List<T> found) {
        for (int i = 0; i < node.getChildCount(); i++) {
            ParseTree child = node.getChild(i);
            if (kind.isInstance(child)) {
                found.add(kind.cast(child));
            }
            if (!closed.test(child)) {
                collect(child, kind, closed, found);
            }
        }
    }

    /** Returns the parts of a name in lower case; empty for one that is made by an expression. */
    static Optional<List<String>> name(SqlBaseParser.IdentifierReferenceContext ctx) {
        if (ctx.multipartIdentifier() == null) {
            return Optional.empty();
        }
        return Optional.of(io.lakeport.localworkspace.sql.query.Names.of(ctx.multipartIdentifier()).stream()
                .map(part -> part.toLowerCase(Locale.ROOT))
                .toList());
    }

    /** Returns an identifier in lower case, without backticks. */
    static String identifier(ParseTree ctx) {
        return io.lakeport.localworkspace.sql.type.Identifiers.unquote(ctx.getText())
                .toLowerCase(Locale.ROOT);
    }
}
