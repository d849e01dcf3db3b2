package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.Query;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.query.Purpose;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.sql.SqlParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a statement and prints its result. */
@Command(
        name = "query",
        description = "Run a statement and print its rows as they arrive, however many there are.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport query -c acme.json \"SELECT * FROM main.default.orders LIMIT 10\"",
            "  lakeport query -c acme.json --param day=DATE:2026-11-21 \\",
            "      \"SELECT count(*) FROM orders WHERE day = :day\"",
            "  lakeport query -c acme.json --format csv \"SELECT * FROM orders\" > orders.csv",
            "  lakeport query -c acme.json --format arrow \"SELECT * FROM orders\" > orders.arrows",
            "  lakeport query --host https://dbc-a1b2.cloud.databricks.com --warehouse a1b2c3 \\",
            "      --client-id 0b1c --client-secret-file secret.txt \"SELECT 1\"",
        })
final class QueryCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "SQL", description = "One statement; '-' reads it from standard input.")
    private String sql = "";

    @Option(
            names = {"-f", "--format"},
            defaultValue = "table",
            description =
                    "table, json (one object a line), csv or arrow (an IPC stream); ${DEFAULT-VALUE} if not given.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=[TYPE:]VALUE",
            description = "Binds :NAME; the type is STRING when not given. May be repeated.")
    private List<String> parameters = List.of();

    @Option(names = "--limit", paramLabel = "ROWS", description = "Cut the result after so many rows.")
    private @Nullable Long limit;

    @Option(names = "--timeout", paramLabel = "TIME", description = "For example 30s or 5m; the tenant's if not given.")
    private @Nullable String timeout;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "context (a small sample), analytics, export, write_back or diagnostics.")
    private Purpose purpose = Purpose.ANALYTICS;

    @Option(names = "--warehouse-id", paramLabel = "ID", description = "Another of the tenant's warehouses.")
    private @Nullable String warehouse;

    QueryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LakeportConfig config = connection.config(console);
        try (Lakeport lakeport = connection.start(config)) {
            Query query = collected(lakeport.tenant(connection.tenant(config)).query(text()));
            if (format == OutputFormat.ARROW) {
                try (ResultStream stream = query.stream()) {
                    new ArrowPrinter(console).print(stream);
                }
            } else {
                try (RowCursor rows = query.rows()) {
                    RowPrinter.of(format, console).print(rows);
                }
            }
        }
        return console.finish();
    }

    private Query collected(Query query) {
        parameters.forEach(text -> query.parameter(parameter(text)));
        Optional.ofNullable(limit).ifPresent(query::limit);
        Optional.ofNullable(timeout).map(Quantity::duration).ifPresent(query::timeout);
        Optional.ofNullable(warehouse).ifPresent(query::warehouse);
        return query.purpose(purpose);
    }

    /** Split here and not by picocli, which takes quotes in a value for its own syntax. */
    private static SqlParameter parameter(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "--param '" + text + "' names no value; write NAME=VALUE, for example --param day=DATE:2026-11-21");
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        int colon = value.indexOf(':');
        String type = colon < 0 ? "" : value.substring(0, colon);
        return type.matches("[A-Z][A-Z_]*(\\(\\d+(,\\d+)?\\))?")
                ? new SqlParameter(name, type, Optional.of(value.substring(colon + 1)))
                : new SqlParameter(name, "STRING", Optional.of(value));
    }

    private String text() {
        if (!sql.equals("-")) {
            return sql;
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
