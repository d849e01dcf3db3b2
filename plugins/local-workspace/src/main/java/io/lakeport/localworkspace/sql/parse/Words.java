package io.lakeport.localworkspace.sql.parse;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a statement that Spark's grammar does not have, read one after the other. */
public final class Words {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|--[^\\n]*|/\\*.*?\\*/|(`(?:[^`]|``)*`|'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|[\\w]+|.)",
            Pattern.DOTALL);

    private record Token(String text, int start) {}

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    public Words(String sql) {
        this.sql = sql;
        Matcher m = TOKEN.matcher(sql);
        while (m.find()) {
            if (m.group(1) != null) {
                tokens.add(new Token(m.group(1), m.start(1)));
            }
        }
        while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).text().equals(";")) {
            tokens.remove(tokens.size() - 1);
        }
    }

    /** Takes these words if they come next, whatever their case; returns whether they do. */
    public boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).text().equalsIgnoreCase(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Takes the words that must come next. */
    public void need(String... words) {
        if (!take(words)) {
            throw unexpected();
        }
    }

    /** Whether nothing is left. */
    public boolean done() {
        return at >= tokens.size();
    }

    /** Fails unless nothing is left. */
    public void end() {
        if (!done()) {
            throw unexpected();
        }
    }

    /** Takes one word or sign. */
    public String next() {
        if (done()) {
            throw unexpected();
        }
        return tokens.get(at++).text();
    }

    /** Takes a name of one or more levels. */
    public List<String> name() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(identifier());
        } while (take("."));
        return parts;
    }

    /** Takes a name of one or more levels if one comes next; nothing otherwise. */
    public List<String> names() {
        return done() || !tokens.get(at).text().matches("(?s)`.*`|\\w+") ? List.of() : name();
    }

    /** Takes names of one level each, in parentheses. */
    public List<String> list() {
        need("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(identifier());
        } while (take(","));
        need(")");
        return names;
    }

    /** Whether that word comes next. */
    public boolean at(String word) {
        return !done() && tokens.get(at).text().equalsIgnoreCase(word);
    }

    /** Whether that word was taken last. */
    public boolean before(String word) {
        return at > 0 && tokens.get(at - 1).text().equalsIgnoreCase(word);
    }

    /** Takes a name of one level. */
    public String identifier() {
        String text = next();
        if (!text.matches("(?s)`.*`|\\w+")) {
            at--;
            throw unexpected();
        }
        return Identifiers.unquote(text);
    }

    /** Takes a whole number. */
    public long number() {
        String text = next();
        if (!text.matches("[0-9]{1,18}")) {
            at--;
            throw unexpected();
        }
        return Long.parseLong(text);
    }

    /** Takes a string literal if one comes next. */
    public @Nullable String string() {
        if (done() || !tokens.get(at).text().matches("(?s)'.*'|\".*\"")) {
            return null;
        }
        String text = next();
        return text.substring(1, text.length() - 1).replace("''", "'").replaceAll("\\\\(.)", "$1");
    }

    /** Takes all that is left, as it was written. */
    public String rest() {
        if (done()) {
            return "";
        }
        Token last = tokens.get(tokens.size() - 1);
        String rest =
                sql.substring(tokens.get(at).start(), last.start() + last.text().length());
        at = tokens.size();
        return rest;
    }

    /** Returns the failure for what comes next. */
    public RuntimeException unexpected() {
        String near = done() ? "end of input" : "'" + tokens.get(at).text() + "'";
        return SqlErrors.of("PARSE_SYNTAX_ERROR", "42601", "Syntax error at or near " + near + ".");
    }
}
