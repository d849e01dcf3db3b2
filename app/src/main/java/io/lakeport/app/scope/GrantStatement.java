package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Kind;
import io.lakeport.app.scope.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A GRANT: its privileges or its role, what they are on, and to whom.
 *
 * @param given between GRANT and ON, or TO where there is no ON
 * @param on what it is on, kind first; empty where a role is granted
 * @param to grantee, and what follows
 */
record GrantStatement(List<Token> given, List<Token> on, List<Token> to) {
    static Optional<GrantStatement> of(List<Token> tokens) {
        int to = last(tokens, "TO");
        if (!GrantLint.words(tokens, "GRANT") || to < 0) {
            return Optional.empty();
        }
        int on = first(tokens, "ON");
        boolean ofRole = on < 0 || on > to;
        return Optional.of(new GrantStatement(
                tokens.subList(1, ofRole ? to : on),
                ofRole ? List.of() : tokens.subList(on + 1, to),
                tokens.subList(to + 1, tokens.size())));
    }

    private static int first(List<Token> tokens, String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }

    private static int last(List<Token> tokens, String word) {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (tokens.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }

    boolean isOfRole() {
        return on.isEmpty();
    }

    String role() {
        return render(given.subList(given.size() > 1 && given.get(0).isWord("ROLE") ? 1 : 0, given.size()));
    }

    boolean toRole() {
        return to.size() > 1 && to.get(0).isWord("ROLE");
    }

    String grantee() {
        return render(toRole() ? to.subList(1, to.size()) : to);
    }

    /** Returns whether a privilege is among the given; upper case. */
    boolean has(String privilege) {
        return privileges().contains(privilege);
    }

    private List<String> privileges() {
        List<String> all = new ArrayList<>();
        for (String one : render(given).split(",")) {
            all.add(one.strip().toUpperCase(Locale.ROOT));
        }
        return all;
    }

    boolean isOnSystem() {
        return on.size() == 2 && on.get(0).isWord("CATALOG") && named(on.get(1), "system");
    }

    boolean isOnSystemSchema() {
        return on.size() == 4 && isSchema() && named(on.get(1), "system");
    }

    private boolean isSchema() {
        return on.get(0).isWord("SCHEMA") || on.get(0).isWord("DATABASE");
    }

    private static boolean named(Token token, String name) {
        return token.isName() && token.text().equalsIgnoreCase(name);
    }

    /** Returns the statement with the name that Unity Catalog has for USAGE, empty where USAGE is not or is right. */
    Optional<String> modernUse() {
        return modernUsage().equals("USAGE") || !has("USAGE") ? Optional.empty() : Optional.of(rewritten());
    }

    private String modernUsage() {
        if (on.isEmpty() || on.stream().anyMatch(token -> named(token, "hive_metastore"))) {
            return "USAGE";
        }
        return isSchema() ? "USE SCHEMA" : on.get(0).isWord("CATALOG") ? "USE CATALOG" : "USAGE";
    }

    /** Returns the statement as it is to be. */
    String rewritten() {
        List<String> privileges = new ArrayList<>();
        for (String privilege : privileges()) {
            privileges.add(privilege.equals("USAGE") ? modernUsage() : privilege);
        }
        return "GRANT " + String.join(", ", privileges) + " ON " + render(on) + " TO " + grantee();
    }

    /** Returns tokens as SQL. */
    static String render(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        boolean glued = true;
        for (Token token : tokens) {
            boolean dot = token.isSymbol('.') || token.isSymbol(',');
            text.append(glued || dot ? "" : " ").append(text(token));
            glued = token.isSymbol('.');
        }
        return text.toString();
    }

    private static String text(Token token) {
        return token.kind() == Kind.QUOTED
                ? "`" + token.text().replace("`", "``") + "`"
                : token.kind() == Kind.STRING ? "'...'" : token.text();
    }
}
