package io.lakeport.localworkspace.sql.type;

import java.util.List;
import java.util.stream.Collectors;

/** Quoting of names, Databricks' way and DuckDB's. */
public final class Identifiers {
    private Identifiers() {}

    /** Returns the name that an identifier token stands for: backticks removed, doubled ones halved. */
    public static String unquote(String token) {
        if (token.length() >= 2 && token.charAt(0) == '`') {
            return token.substring(1, token.length() - 1).replace("``", "`");
        }
        return token;
    }

    /** Returns the name quoted for DuckDB. */
    public static String duck(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Returns the names as one backticked identifier, for messages. */
    public static String backticked(List<String> parts) {
        return parts.stream().map(Identifiers::backticked).collect(Collectors.joining("."));
    }

    /** Returns the name in backticks. */
    public static String backticked(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** Returns the text as a DuckDB string literal; a NUL character, which SQL text cannot hold, is built by chr(0). */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        if (text.indexOf('\0') < 0) {
            return quoted;
        }
        return "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
    }
}
