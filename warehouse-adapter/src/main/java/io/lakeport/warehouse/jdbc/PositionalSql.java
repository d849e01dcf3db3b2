package io.lakeport.warehouse.jdbc;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.SqlParameter;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlTypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A statement with the markers that the driver knows. Each {@code :name} becomes {@code CAST(? AS type)}, or a bare
 * {@code ?} for a STRING, and its value travels as text beside the statement: so every type is bound without loss, and
 * no value is ever part of the SQL text. Texts, quoted names, comments, {@code ::} casts and {@code a:b} paths into
 * JSON stay as they are; so does a marker that no parameter was given for, which the server then names.
 *
 * @param sql the text to send
 * @param values one for each marker, in order; empty for NULL
 */
record PositionalSql(String sql, List<Optional<String>> values) {
    PositionalSql {
        values = List.copyOf(values);
    }

    static PositionalSql of(StatementRequest request) {
        if (request.parameters().isEmpty()) {
            return new PositionalSql(request.sql(), List.of());
        }
        Map<String, SqlParameter> byName = request.parameters().stream()
                .collect(Collectors.toMap(SqlParameter::name, Function.identity(), (a, b) -> {
                    throw new LakeportException(
                            CoreError.INVALID_ARGUMENT, "parameter '" + a.name() + "' is given twice");
                }));
        List<Optional<String>> values = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (SqlMarkers.Marker marker : SqlMarkers.in(request.sql())) {
            SqlParameter parameter = byName.get(marker.name());
            if (parameter == null) {
                continue;
            }
            out.append(request.sql(), copied, marker.start()).append(expression(parameter));
            copied = marker.end();
            values.add(parameter.value());
        }
        return new PositionalSql(
                out.append(request.sql(), copied, request.sql().length()).toString(), values);
    }

    /** The type is parsed and written again: its text is the caller's, and must not reach the SQL as it is. */
    private static String expression(SqlParameter parameter) {
        SqlType type;
        try {
            type = SqlTypeParser.parse(parameter.type());
        } catch (IllegalArgumentException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT, "parameter '" + parameter.name() + "': " + e.getMessage(), e);
        }
        return switch (type.kind()) {
            case STRING -> "?";
            case ARRAY, MAP, STRUCT, VARIANT, OTHER ->
                throw new LakeportException(
                        CoreError.NOT_SUPPORTED,
                        "parameter '" + parameter.name() + "' is of a type that engine 'jdbc' does not bind; pass it as"
                                + " STRING and convert it in the statement, for example by from_json");
            default -> "CAST(? AS " + type + ")";
        };
    }

    /** Returns the SQL without showing it: it may hold what must not be logged. */
    @Override
    public String toString() {
        return "PositionalSql[" + values.size() + " values]";
    }
}
