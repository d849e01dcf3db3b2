package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Kind;
import io.lakeport.app.scope.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds statements of a customer's setup script that do not do on Unity Catalog what they say (Databricks SQL reference,
 * "GRANT" and "Unity Catalog privileges and securable objects"). It reads text only, and never repeats a value that may
 * be a key.
 */
public final class GrantLint {
    private final String script;
    private final List<List<Token>> statements;
    private final List<Finding> findings = new ArrayList<>();

    private GrantLint(String script) {
        this.script = script;
        this.statements = split(SqlTokens.of(script));
    }

    /**
     * What is wrong with a statement.
     *
     * @param line where the statement begins, from 1
     * @param rule short name of what is wrong, for scripts; never changes meaning
     * @param problem for people
     * @param instead statements or calls that do what was meant; not empty
     */
    public record Finding(int line, String rule, String problem, String instead) {
        public Finding {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(problem, "problem");
            Objects.requireNonNull(instead, "instead");
        }
    }

    /** Returns what is wrong with a script, in the order of its statements. */
    public static List<Finding> of(String script) {
        GrantLint lint = new GrantLint(script);
        lint.statements.forEach(lint::look);
        return List.copyOf(lint.findings);
    }

    private static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> all = new ArrayList<>();
        List<Token> one = new ArrayList<>();
        for (Token token : tokens) {
            if (!token.isSymbol(';')) {
                one.add(token);
            } else if (!one.isEmpty()) {
                all.add(one);
                one = new ArrayList<>();
            }
        }
        if (!one.isEmpty()) {
            all.add(one);
        }
        return all;
    }

    private void look(List<Token> statement) {
        if (words(statement, "CREATE", "ROLE")) {
            String name = GrantStatement.render(statement.subList(Math.min(2, statement.size()), statement.size()));
            role(statement, name);
        } else if (words(statement, "CREATE", "STORAGE", "CREDENTIAL")) {
            found(
                    statement,
                    "storage-credential",
                    "a storage credential is not made by SQL",
                    "POST /api/2.1/unity-catalog/storage-credentials, as 'lakeport setup storage' does");
        }
        GrantStatement.of(statement).ifPresent(grant -> look(statement, grant));
        if (KeyInSql.isIn(statement)) {
            found(
                    statement,
                    "key",
                    "a cloud's key stands in the statement, and so in the query history",
                    "an external location over the path and READ FILES or WRITE FILES on it ('lakeport setup storage'),"
                            + " and a new key, because this one was shown");
        }
    }

    private void look(List<Token> statement, GrantStatement grant) {
        if (grant.isOfRole()) {
            role(statement, grant.role());
            return;
        }
        if (grant.toRole()) {
            found(
                    statement,
                    "role",
                    "Unity Catalog has no roles; a group takes the place of this one",
                    grant.rewritten() + ";");
        }
        grant.modernUse()
                .ifPresent(instead ->
                        found(statement, "usage", "USAGE is the name of before Unity Catalog", instead + ";"));
        if (grant.isOnSystem() && grant.has("USE SCHEMA")) {
            found(
                    statement,
                    "system-schema",
                    "USE SCHEMA on catalog system succeeds and opens none of its schemas",
                    systemGrants(grant));
        } else if (grant.isOnSystem() && grant.has("SELECT") && !opensSystemSchema()) {
            found(
                    statement,
                    "system-select",
                    "SELECT on catalog system alone opens nothing: USE CATALOG, and USE SCHEMA on each schema, lack",
                    systemGrants(grant));
        }
    }

    private void role(List<Token> statement, String name) {
        found(
                statement,
                "role",
                "Unity Catalog has no roles: grants go to users, service principals and groups",
                "group '" + name
                        + "' of the account, made and filled by its SCIM API (Groups), as 'lakeport grants apply"
                        + " --group NAME' does");
    }

    private boolean opensSystemSchema() {
        return statements.stream()
                .map(GrantStatement::of)
                .flatMap(Optional::stream)
                .anyMatch(grant -> grant.isOnSystemSchema() && grant.has("USE SCHEMA"));
    }

    private static String systemGrants(GrantStatement grant) {
        String to = " TO " + grant.grantee() + ";";
        return "GRANT USE CATALOG ON CATALOG system" + to + " and for each schema: GRANT USE SCHEMA ON SCHEMA"
                + " system.<schema>" + to + " GRANT SELECT ON SCHEMA system.<schema>" + to;
    }

    private void found(List<Token> statement, String rule, String problem, String instead) {
        int line = 1
                + (int) script.substring(0, statement.get(0).at())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        findings.add(new Finding(line, rule, problem, instead));
    }

    static boolean words(List<Token> statement, String... words) {
        if (statement.size() < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (statement.get(i).kind() != Kind.WORD || !statement.get(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }
}
