package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.parse.Words;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.sql.query.Moments;
import io.lakeport.localworkspace.version.PastTables;
import io.lakeport.localworkspace.version.VersionViews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.jspecify.annotations.Nullable;

/** The statements about versions and files that Delta adds to Spark's grammar. */
public final class DeltaStatements {
    /** A version after a table's name: {@code t@v3}, {@code t@20240131093000000}. */
    private static final Pattern SHORT = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|--[^\\n]*|(?<=[\\w`])@(?:v(\\d+)|(\\d{17}))(?!\\w)",
            Pattern.CASE_INSENSITIVE);

    /** How these statements begin; all others need no second look. */
    private static final Pattern FIRST = Pattern.compile(
            "(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*(?:DESC|RESTORE|OPTIMIZE|VACUUM|UNDROP|ALTER|CREATE)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final CommandContext context;

    public DeltaStatements(CommandContext context) {
        this.context = context;
    }

    /** Returns the statement with versions behind table names written out, as Spark's grammar has them. */
    public static String spelledOut(String sql) {
        if (sql.indexOf('@') < 0) {
            return sql;
        }
        return SHORT.matcher(sql).replaceAll(m -> {
            if (m.group(1) != null) {
                return " VERSION AS OF " + m.group(1);
            }
            String t = m.group(2);
            String clause = t == null
                    ? m.group()
                    : " TIMESTAMP AS OF '" + t.substring(0, 4) + "-" + t.substring(4, 6) + "-" + t.substring(6, 8) + " "
                            + t.substring(8, 10) + ":" + t.substring(10, 12) + ":" + t.substring(12, 14) + "."
                            + t.substring(14) + "'";
            return java.util.regex.Matcher.quoteReplacement(clause);
        });
    }

    /** Runs the statement if it is one of these. */
    public Optional<Outcome> run(String sql) {
        return FIRST.matcher(sql).lookingAt() ? run(new Words(sql)) : Optional.empty();
    }

    private Optional<Outcome> run(Words words) {
        if (words.take("DESCRIBE", "HISTORY") || words.take("DESC", "HISTORY")) {
            return Optional.of(history(words));
        }
        if (words.take("DESCRIBE", "DETAIL") || words.take("DESC", "DETAIL")) {
            TableInfo table = table(words);
            words.end();
            return Optional.of(new Outcome("DESCRIBE", VersionViews.detail(table, context)));
        }
        if (words.take("RESTORE")) {
            words.take("TABLE");
            List<String> name = modified(words);
            words.take("TO");
            return Optional.of(new RestoreCommand(context).run(name, moment(words)));
        }
        if (words.take("OPTIMIZE")) {
            return Optional.of(new FileCommands(context).optimize(modified(words), words));
        }
        if (words.take("VACUUM")) {
            return Optional.of(new FileCommands(context).vacuum(modified(words), words));
        }
        if (words.take("UNDROP")) {
            return Optional.of(new UndropCommand(context).run(words));
        }
        if (words.take("ALTER", "TABLE")) {
            return keys(words);
        }
        return words.take("CREATE") ? cloned(words) : Optional.empty();
    }

    /** ALTER TABLE … DROP PRIMARY KEY and DROP FOREIGN KEY. */
    private Optional<Outcome> keys(Words words) {
        List<String> written = words.names();
        if (!written.isEmpty() && (words.take("SET", "TAGS") || words.take("UNSET", "TAGS"))) {
            throw SqlErrors.unsupported("tags");
        }
        if (written.isEmpty() || !words.take("DROP") || !(words.take("PRIMARY") || words.take("FOREIGN"))) {
            return Optional.empty();
        }
        boolean primary = words.before("PRIMARY");
        words.need("KEY");
        boolean lenient = words.take("IF", "EXISTS");
        List<String> columns = primary ? List.of() : words.list();
        boolean rest = words.take("RESTRICT") || words.take("CASCADE") || words.done();
        if (!rest) {
            throw words.unexpected();
        }
        List<String> name = context.tables().writable(written);
        context.visible().require(Privilege.MODIFY, Securable.table(name));
        context.metastore().versions().change(context, name, change -> {
            boolean found = AlterConstraints.dropKeys(
                    k -> k.primary() == primary && (primary || k.columns().equals(columns)), change);
            if (!found && !lenient) {
                throw AlterConstraints.unknown(primary ? "PRIMARY KEY" : "FOREIGN KEY", name);
            }
            return true;
        });
        return Optional.of(Outcome.none("ALTER"));
    }

    /** CREATE TABLE … CLONE. */
    private Optional<Outcome> cloned(Words words) {
        boolean replace = words.take("OR", "REPLACE");
        if (!words.take("TABLE")) {
            return Optional.empty();
        }
        boolean lenient = words.take("IF", "NOT", "EXISTS");
        List<String> target = words.names();
        boolean clones = words.take("SHALLOW", "CLONE") || words.take("DEEP", "CLONE") || words.take("CLONE");
        if (target.isEmpty() || !clones) {
            return Optional.empty();
        }
        List<String> source = context.tables().writable(words.name());
        List<String> name = context.tables().complete(target);
        Moment moment = words.at("VERSION") || words.at("TIMESTAMP")
                ? moment(words)
                : Moment.version(
                        new PastTables(context::rows).latest(context.tables().info(source)));
        words.end();
        context.visible().require(Privilege.SELECT, Securable.table(source));
        context.visible().require(Privilege.CREATE_TABLE, Securable.schema(name.get(0), name.get(1)));
        return Optional.of(new CloneCommands(context).clone(name, replace, lenient, source, moment, Map.of()));
    }

    /** Takes the name of a table that the statement is to change. */
    private List<String> modified(Words words) {
        List<String> name = context.tables().writable(words.name());
        context.visible().require(Privilege.MODIFY, Securable.table(name));
        return name;
    }

    private TableInfo table(Words words) {
        return context.tables().info(context.tables().writable(words.name()));
    }

    private Outcome history(Words words) {
        TableInfo table = table(words);
        @Nullable Long limit = words.take("LIMIT") ? Long.valueOf(words.number()) : null;
        words.end();
        return new Outcome("DESCRIBE", VersionViews.history(table, limit, context));
    }

    /** Returns the moment that the rest of a statement names: VERSION AS OF, TIMESTAMP AS OF. */
    Moment moment(Words words) {
        String clause = words.rest();
        SqlBaseParser.TemporalClauseContext ctx = find(StatementParser.parse("SELECT * FROM t " + clause));
        if (ctx == null) {
            throw words.unexpected();
        }
        return new Moments(context.expressions(Scope.empty())).of(ctx);
    }

    private static SqlBaseParser.@Nullable TemporalClauseContext find(ParseTree tree) {
        if (tree instanceof SqlBaseParser.TemporalClauseContext found) {
            return found;
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            SqlBaseParser.TemporalClauseContext found = find(tree.getChild(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
