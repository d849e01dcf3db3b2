package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables of one session. Not thread-safe, as statements of a session run one after another. */
public final class SessionVariables {
    /** A variable: its value, and the one it was declared with, as DuckDB's text of them. */
    private record Variable(
            SqlType type, @Nullable String value, @Nullable String initial) {}

    private final Map<String, Variable> variables = new TreeMap<>();

    /** Returns the last level of {@code x}, {@code session.x} and {@code system.session.x}; {@code null} otherwise. */
    private static @Nullable String plain(List<String> name) {
        List<String> lower = name.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
        List<String> qualifier = lower.subList(0, lower.size() - 1);
        boolean ours = qualifier.isEmpty()
                || qualifier.equals(List.of("session"))
                || qualifier.equals(List.of("system", "session"));
        return ours ? lower.get(lower.size() - 1) : null;
    }

    /** Returns the value of a variable if there is one of that name. */
    public Optional<Expr> find(List<String> name) {
        String plain = plain(name);
        Variable found = plain == null ? null : variables.get(plain);
        if (found == null) {
            return Optional.empty();
        }
        String value = found.value();
        String sql = "CAST(" + (value == null ? "NULL" : Identifiers.literal(value)) + " AS "
                + found.type().duck() + ")";
        return Optional.of(Expr.of(sql, found.type(), true, String.valueOf(plain)));
    }

    private String require(List<String> name) {
        String plain = plain(name);
        if (plain == null || !variables.containsKey(plain)) {
            throw SqlErrors.of(
                    "UNRESOLVED_VARIABLE",
                    "42883",
                    "Cannot resolve variable " + Identifiers.backticked(name) + " on search path"
                            + " [`system`.`session`].");
        }
        return plain;
    }

    private Variable get(String plain) {
        Variable found = variables.get(plain);
        return found == null ? new Variable(SqlType.VOID, null, null) : found;
    }

    /** Returns a variable's type; fails when there is none of that name. */
    SqlType type(List<String> name) {
        return get(require(name)).type();
    }

    void declare(List<String> name, SqlType type, @Nullable String value, boolean replace) {
        String plain = plain(name);
        if (plain == null) {
            throw SqlErrors.of(
                    "INVALID_VARIABLE_NAME",
                    "42601",
                    "The variable name " + Identifiers.backticked(name)
                            + " is invalid; variables are in the schema `system`.`session`.");
        }
        if (variables.containsKey(plain) && !replace) {
            throw SqlErrors.of(
                    "VARIABLE_ALREADY_EXISTS",
                    "42723",
                    "Cannot create the variable `system`.`session`." + Identifiers.backticked(plain)
                            + " because it already exists. Choose a different name, or drop or replace the existing"
                            + " variable.");
        }
        variables.put(plain, new Variable(type, value, value));
    }

    void set(List<String> name, @Nullable String value) {
        String plain = require(name);
        Variable old = get(plain);
        variables.put(plain, new Variable(old.type(), value, old.initial()));
    }

    void reset(List<String> name) {
        String plain = require(name);
        Variable old = get(plain);
        variables.put(plain, new Variable(old.type(), old.initial(), old.initial()));
    }

    void drop(List<String> name, boolean lenient) {
        String plain = plain(name);
        if (plain == null || variables.remove(plain) == null) {
            if (!lenient) {
                require(name);
            }
        }
    }
}
