package io.lakeport.localworkspace.sql.expression;

import io.lakeport.localworkspace.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * An expression that has been translated.
 *
 * @param sql DuckDB SQL, parenthesised where an operator could bind wrongly, of type {@code type.duck()}
 * @param type its Databricks type
 * @param nullable whether it may be NULL
 * @param pretty how Spark prints it inside the name of a larger expression
 * @param name the name of a result column that has no alias
 * @param constant the value of a literal, otherwise {@code null}
 */
public record Expr(
        String sql,
        SqlType type,
        boolean nullable,
        String pretty,
        String name,
        @Nullable Object constant) {
    /** An expression whose column would be named by its own text. */
    public static Expr of(String sql, SqlType type, boolean nullable, String pretty) {
        return new Expr(sql, type, nullable, pretty, pretty, null);
    }

    /** A literal. */
    public static Expr literal(String sql, SqlType type, String pretty, Object constant) {
        return new Expr(sql, type, false, pretty, pretty, constant);
    }

    /** Returns this with other SQL of another type: an implicit conversion, which names never show. */
    public Expr converted(String newSql, SqlType newType) {
        return new Expr(newSql, newType, nullable, pretty, name, constant);
    }

    /** Returns this under another name. */
    public Expr named(String newName) {
        return new Expr(sql, type, nullable, pretty, newName, constant);
    }

    /** Returns this with that nullability. */
    public Expr nullable(boolean mayBeNull) {
        return new Expr(sql, type, mayBeNull, pretty, name, constant);
    }
}
