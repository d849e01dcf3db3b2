package io.lakeport.app.scope;

import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.sql.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a query reads, read off its text, for whoever must know all of it. What is not understood for certain is an
 * obstacle and never left out.
 *
 * @param tables the tables and views it names, each once and as it is written; complete where there is no obstacle
 * @param obstacle why the same text could give other rows although none of its tables changed: a clause such as {@code
 *     calls rand}, without SQL text or values; empty when it could not
 */
public record QuerySources(List<TableName> tables, Optional<String> obstacle) {
    public QuerySources {
        tables = List.copyOf(tables);
    }

    /** Reads a request: its text and its parameters, whose values may name moments as well. */
    public static QuerySources of(StatementRequest request) {
        QuerySources sources = of(request.sql());
        boolean moment = request.parameters().stream()
                .filter(parameter -> !parameter.type().equalsIgnoreCase("STRING"))
                .flatMap(parameter -> parameter.value().stream())
                .anyMatch(RelationScan::isMoment);
        return moment && sources.obstacle().isEmpty()
                ? new QuerySources(sources.tables(), Optional.of("has a parameter that names a moment such as 'now'"))
                : sources;
    }

    /** Reads a statement. */
    public static QuerySources of(String sql) {
        return new RelationScan(SqlTokens.of(sql)).sources();
    }
}
