package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs the statements of Unity Catalog that Spark's grammar does not know. */
public final class UnityStatements {
    private static final Set<String> VERBS =
            Set.of("SHOW", "GRANT", "REVOKE", "DENY", "ALTER", "CREATE", "DROP", "DESCRIBE", "DESC", "COMMENT");

    private final CommandContext context;

    /** Creates it for one statement. */
    public UnityStatements(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs the statement if it is one of these.
     *
     * @throws io.lakeport.localworkspace.engine.EngineException as Databricks refuses it
     */
    public Optional<Outcome> run(String sql) {
        if (!mayBe(sql) || context.visible().governance().isEmpty()) {
            return Optional.empty();
        }
        Words words = new Words(sql);
        if (!VERBS.contains(words.first())) {
            return Optional.empty();
        }
        refuseRoles(words);
        for (Function<Words, Optional<Outcome>> reader :
                readers(context.visible().governance().get())) {
            Optional<Outcome> outcome = reader.apply(words.again());
            if (outcome.isPresent()) {
                return outcome;
            }
        }
        return Optional.empty();
    }

    private List<Function<Words, Optional<Outcome>>> readers(Governance governance) {
        return List.of(
                words -> new GrantStatements(context, governance).run(words),
                words -> new OwnerStatements(context, governance).run(words),
                words -> new CatalogStatements(context, governance).run(words),
                words -> new SchemaStatements(context, governance).run(words),
                words -> new LocationStatements(context, governance).run(words),
                words -> new VolumeStatements(context, governance).run(words),
                words -> new PrincipalStatements(context, governance).run(words));
    }

    /** Queries and changes of rows are none of these, and are what must be fast. */
    private static boolean mayBe(String sql) {
        int i = 0;
        while (i < sql.length() && Character.isWhitespace(sql.charAt(i))) {
            i++;
        }
        if (i == sql.length()) {
            return false;
        }
        return switch (Character.toUpperCase(sql.charAt(i))) {
            case 'S' -> sql.regionMatches(true, i, "SHOW", 0, 4);
            case 'G', 'R', 'D', 'A', 'C', '-', '/' -> true;
            default -> false;
        };
    }

    /** Unity Catalog has groups instead, which are made in the account. */
    private static void refuseRoles(Words words) {
        boolean verb = words.take("CREATE") || words.take("DROP") || words.take("SHOW") || words.take("ALTER");
        for (String what : List.of("ROLE", "ROLES", "GROUP", "USER")) {
            boolean listed = what.equals("GROUP") || what.equals("USER");
            if (verb && words.next(what) && !(listed && words.first().equals("SHOW"))) {
                throw SqlErrors.of(
                        "PARSE_SYNTAX_ERROR",
                        "42601",
                        "Syntax error at or near '" + what + "'. Privileges are granted to users, service principals"
                                + " and groups of the account; Unity Catalog has no roles.");
            }
        }
    }
}
