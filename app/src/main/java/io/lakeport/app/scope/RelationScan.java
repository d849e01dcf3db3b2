package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Kind;
import io.lakeport.app.scope.SqlTokens.Token;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the tokens of a query (Databricks SQL reference, "Query") and collects the relations it names. A name
 * that may be a relation is taken for one: too many tables cost a look-up, too few would cost a stale result.
 */
final class RelationScan {
    private static final Set<String> FIRST = Set.of("SELECT", "WITH", "VALUES", "FROM", "TABLE");
    /** With BY behind them they end a list of relations; WHERE and its like do not, because an alias may be called so. */
    private static final Set<String> LISTS_BY = Set.of("GROUP", "ORDER", "SORT", "CLUSTER", "DISTRIBUTE");

    /** Words that make a statement a write, or its rows another choice every time. */
    private static final Set<String> FORBIDDEN = Set.of(
            "INSERT",
            "INTO",
            "MERGE",
            "UPDATE",
            "DELETE",
            "TABLESAMPLE",
            "RECURSIVE",
            "STREAM",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "CURRENT_USER",
            "CURRENT_CATALOG",
            "CURRENT_DATABASE",
            "CURRENT_SCHEMA",
            "CURRENT_TIMEZONE",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "SESSION_USER",
            "USER");
    /** Functions whose arguments are parted by FROM. */
    private static final Set<String> FROM_INSIDE = Set.of("EXTRACT", "TRIM", "SUBSTRING", "SUBSTR", "OVERLAY");
    /** Literals that mean another moment every time ("TIMESTAMP type", special values). */
    private static final Pattern MOMENT =
            Pattern.compile("\\s*(now|today|yesterday|tomorrow)(\\s+\\S+)?\\s*", Pattern.CASE_INSENSITIVE);

    /** What is known between a parenthesis and the one that closes it. */
    private static final class Level {
        final Set<String> ctes = new HashSet<>();

        @Nullable
        String defines;

        String opener = "";
        boolean selects;
        boolean relation;
        boolean list;
    }

    private final List<Token> tokens;
    private final Set<TableName> tables = new LinkedHashSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable String obstacle;
    private int at;

    RelationScan(List<Token> tokens) {
        this.tokens = tokens;
    }

    QuerySources sources() {
        levels.push(new Level());
        Optional<Token> first =
                tokens.stream().filter(token -> !token.isSymbol('(')).findFirst();
        if (first.isEmpty() || first.get().kind() != Kind.WORD || !FIRST.contains(upper(first.get()))) {
            obstacle("is no query");
        }
        while (at < tokens.size() && obstacle == null) {
            next();
        }
        if (levels.size() != 1) {
            obstacle("has parentheses that do not match");
        }
        return new QuerySources(new ArrayList<>(tables), Optional.ofNullable(obstacle));
    }

    static boolean isMoment(String literal) {
        return MOMENT.matcher(literal).matches();
    }

    private void next() {
        Token token = tokens.get(at);
        if (token.isName()) {
            name(dotted());
        } else if (token.isSymbol('(')) {
            at++;
            open("", null);
        } else if (token.isSymbol(')')) {
            at++;
            closeLevel();
        } else {
            other(token);
        }
    }

    private void other(Token token) {
        if (token.kind() == Kind.STRING && isMoment(token.text())) {
            obstacle("names a moment such as 'now'");
        } else if (token.kind() == Kind.STRING && level().relation) {
            obstacle("has a text in the place of a table");
        } else if (token.isSymbol(';') || (token.isSymbol('>') && is(at - 1, '|'))) {
            obstacle("holds '" + (token.isSymbol(';') ? ";" : "|>") + "'");
        }
        level().relation = token.isSymbol(',') && level().list;
        at++;
    }

    private void open(String opener, @Nullable String defines) {
        Level inner = new Level();
        inner.opener = opener;
        inner.defines = defines;
        inner.relation = level().relation;
        inner.list = level().relation;
        level().relation = false;
        levels.push(inner);
    }

    private void closeLevel() {
        Level closed = levels.pop();
        if (levels.isEmpty()) {
            levels.push(closed);
            obstacle("has parentheses that do not match");
            return;
        }
        level().relation = false;
        if (closed.defines != null) {
            level().ctes.add(closed.defines);
            if (is(at, ',')) {
                at++;
                define();
            }
        }
    }

    /** Reads {@code name [(columns)] [AS] (}: from where that parenthesis closes, the name is no table any more. */
    private void define() {
        int name = at++;
        if (is(at, '(')) {
            while (at < tokens.size() && !is(at, ')')) {
                at++;
            }
            at++;
        }
        at += at < tokens.size() && tokens.get(at).isWord("AS") ? 1 : 0;
        if (!is(at, '(') || !tokens.get(name).isName()) {
            obstacle("has a WITH that is not understood");
            return;
        }
        at++;
        open("", lower(tokens.get(name).text()));
    }

    private void name(List<Token> parts) {
        Token first = parts.get(0);
        boolean word = parts.size() == 1 && first.kind() == Kind.WORD;
        if (word && keyword(upper(first))) {
            return;
        }
        boolean call = is(at, '(');
        boolean expected = level().relation;
        level().relation = false;
        if (call) {
            call(parts, word);
        } else if (expected) {
            relation(parts);
        }
    }

    /** Returns whether the word was one, and deals with it then. */
    private boolean keyword(String word) {
        if (FORBIDDEN.contains(word)) {
            obstacle("uses " + word);
        } else if (word.equals("SELECT") || (LISTS_BY.contains(word) && isWord(at, "BY"))) {
            level().selects |= word.equals("SELECT");
            level().relation = false;
            level().list = false;
        } else if (word.equals("VALUES")) {
            level().relation = false;
        } else if (word.equals("FROM")) {
            from();
        } else if (word.equals("JOIN") || word.equals("TABLE")) {
            level().relation = true;
        } else if (word.equals("WITH")) {
            with();
        } else if (word.equals("LATERAL")) {
            level().relation = !isWord(at, "VIEW");
        } else {
            return StableFunctions.isNoCall(word) && is(at, '(') && !level().relation;
        }
        return true;
    }

    private void from() {
        boolean compares = isWord(at - 2, "DISTINCT") && (isWord(at - 3, "IS") || isWord(at - 3, "NOT"));
        boolean parts = FROM_INSIDE.contains(level().opener) && !level().selects;
        level().relation = !compares && !parts;
        level().list |= level().relation;
    }

    private void with() {
        if (isWord(at, "ROLLUP") || isWord(at, "CUBE")) {
            at++;
        } else if (isWord(at, "RECURSIVE") || at >= tokens.size()) {
            obstacle("has a WITH that is not understood");
        } else {
            define();
        }
    }

    private void call(List<Token> parts, boolean word) {
        int before = at - 2 * parts.size();
        String name = parts.get(parts.size() - 1).text();
        // A name behind AS is that of a type or of an alias with columns.
        if (!(word && isWord(before, "AS")) && (parts.size() > 1 || !StableFunctions.has(name))) {
            obstacle(
                    "calls " + name.toLowerCase(Locale.ROOT) + ", which is not known to depend on its arguments alone");
        }
        at++;
        open(name.toUpperCase(Locale.ROOT), null);
    }

    private void relation(List<Token> parts) {
        if (parts.size() == 1 && isCte(lower(parts.get(0).text()))) {
            return;
        }
        if (parts.size() > 3 || parts.stream().anyMatch(part -> part.text().contains("/"))) {
            obstacle("reads what is no table");
            return;
        }
        List<Identifier> names =
                parts.stream().map(part -> Identifier.of(part.text())).toList();
        int last = names.size() - 1;
        tables.add(new TableName(
                last == 2 ? Optional.of(names.get(0)) : Optional.empty(),
                last >= 1 ? Optional.of(names.get(last - 1)) : Optional.empty(),
                names.get(last)));
    }

    private boolean isCte(String name) {
        return levels.stream().anyMatch(level -> level.ctes.contains(name));
    }

    private List<Token> dotted() {
        List<Token> parts = new ArrayList<>();
        parts.add(tokens.get(at++));
        while (is(at, '.') && at + 1 < tokens.size() && tokens.get(at + 1).isName()) {
            parts.add(tokens.get(at + 1));
            at += 2;
        }
        return parts;
    }

    private Level level() {
        return levels.element();
    }

    private void obstacle(String why) {
        if (obstacle == null) {
            obstacle = why;
        }
    }

    private boolean is(int index, char symbol) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    private boolean isWord(int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord(word);
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
