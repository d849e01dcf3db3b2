package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ColumnRule;
import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.TableChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** CREATE and TRUNCATE of tables, DROP of tables and views. */
final class TableCommands {
    private final CommandContext context;

    TableCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.CreateTableContext create) {
            if (create.createTableHeader().TEMPORARY() != null) {
                throw SqlErrors.unsupported("temporary tables");
            }
            List<String> name = context.table(create.createTableHeader().identifierReference());
            Creation creation = new Creation(
                    "CREATE TABLE",
                    false,
                    create.createTableHeader().EXISTS() != null,
                    create.tableElementList(),
                    () -> new TableClauses(context)
                            .facts(
                                    name,
                                    create.createTableClauses(),
                                    create.tableProvider(),
                                    create.tableElementList()),
                    create.query());
            create(name, creation);
            return Outcome.none("CREATE");
        }
        if (ctx instanceof SqlBaseParser.ReplaceTableContext replace) {
            List<String> name = context.table(replace.replaceTableHeader().identifierReference());
            Creation creation = new Creation(
                    replace.replaceTableHeader().CREATE() == null ? "REPLACE TABLE" : "CREATE OR REPLACE TABLE",
                    true,
                    false,
                    replace.tableElementList(),
                    () -> new TableClauses(context)
                            .facts(
                                    name,
                                    replace.createTableClauses(),
                                    replace.tableProvider(),
                                    replace.tableElementList()),
                    replace.query());
            if (replace.replaceTableHeader().CREATE() == null) {
                context.tables().writable(name);
            }
            create(name, creation);
            return Outcome.none("REPLACE");
        }
        if (ctx instanceof SqlBaseParser.AnalyzeContext analyze) {
            // DuckDB keeps its own statistics; what can be wrong is the name.
            context.tables().writable(context.name(analyze.identifierReference()));
            return Outcome.none("ANALYZE");
        }
        if (ctx instanceof SqlBaseParser.CreateTableLikeContext like) {
            return new CloneCommands(context).like(like);
        }
        if (ctx instanceof SqlBaseParser.DropTableContext drop) {
            drop(context.name(drop.identifierReference()), drop.EXISTS() != null, false);
            return Outcome.none("DROP");
        }
        if (ctx instanceof SqlBaseParser.DropViewContext drop) {
            drop(context.name(drop.identifierReference()), drop.EXISTS() != null, true);
            return Outcome.none("DROP");
        }
        if (ctx instanceof SqlBaseParser.TruncateTableContext truncate) {
            return truncate(truncate);
        }
        return null;
    }

    /** What a CREATE TABLE says. */
    private record Creation(
            String operation,
            boolean replace,
            boolean lenient,
            SqlBaseParser.@Nullable TableElementListContext elements,
            Supplier<TableFacts> clauses,
            SqlBaseParser.@Nullable QueryContext query) {}

    private Outcome truncate(SqlBaseParser.TruncateTableContext ctx) {
        if (ctx.partitionSpec() != null) {
            throw SqlErrors.of(
                    "DELTA_TRUNCATE_TABLE_PARTITION_NOT_SUPPORTED",
                    "0AKDC",
                    "Operation not allowed: TRUNCATE TABLE on Delta tables does not support partition predicates; use"
                            + " DELETE to delete specific partitions or rows.");
        }
        List<String> name = context.tables().writable(context.name(ctx.identifierReference()));
        context.metastore().versions().change(context, name, change -> {
            RowCommands.appendOnly(change.info());
            change.removeAll();
            change.metric("numRemovedFiles", change.files());
            change.files(0);
            change.log(Operation.of("TRUNCATE", Map.of()));
            return true;
        });
        return Outcome.none("TRUNCATE");
    }

    private void create(List<String> name, Creation creation) {
        if (!mayCreate(name, creation.replace(), creation.lenient())) {
            return;
        }
        TableFacts facts = creation.clauses().get();
        context.metastore().versions().create(context, name, change -> {
            // Another session may have created it while this one waited.
            if (mayCreate(name, creation.replace(), creation.lenient())) {
                make(name, creation, facts, change);
            }
            return true;
        });
    }

    private void make(List<String> name, Creation creation, TableFacts facts, TableChange change) {
        boolean there = context.metastore().find(name).isPresent();
        if (creation.query() != null) {
            Query query = context.query(creation.query());
            requireStorable(query);
            TableInfo definition = definition(name, columns(query), facts);
            long rows = change.become(definition, query.sql(), there);
            change.files(rows == 0 ? 0 : 1);
            change.metric("numFiles", rows == 0 ? 0 : 1);
            change.metric("numOutputRows", rows);
            change.metric("numOutputBytes", Sizes.bytes(definition, rows));
            change.log(Logged.define(creation.operation() + " AS SELECT", facts));
            return;
        }
        if (creation.elements() == null) {
            throw SqlErrors.unsupported("tables without columns");
        }
        List<TableInfo.ColumnInfo> columns = new ColumnDefinitions(context).of(creation.elements(), facts.properties());
        change.become(definition(name, columns, facts), null, there);
        change.files(0);
        change.log(Logged.define(creation.operation(), facts));
    }

    private static TableInfo definition(List<String> name, List<TableInfo.ColumnInfo> columns, TableFacts facts) {
        return new TableInfo(name.get(0), name.get(1), name.get(2), false, columns, facts);
    }

    private static List<TableInfo.ColumnInfo> columns(Query query) {
        return query.columns().stream()
                .map(c -> new TableInfo.ColumnInfo(
                        c.name(), c.type(), c.type().duck(), true, null, null, ColumnRule.NONE))
                .toList();
    }

    /** Fails unless a table or view of that name may be created; returns whether there is anything to do. */
    boolean mayCreate(List<String> name, boolean replace, boolean lenient) {
        requireWritable(name);
        context.metastore().requireSchema(name.get(0), name.get(1));
        Optional<TableInfo> there = context.metastore().find(name);
        if (there.isPresent() && !replace) {
            if (lenient) {
                return false;
            }
            throw SqlErrors.tableExists(name);
        }
        return true;
    }

    private static void requireWritable(List<String> name) {
        if (name.get(0).equals("system") || name.get(1).equals(Metastore.INFORMATION_SCHEMA)) {
            throw SqlErrors.of(
                    "INSUFFICIENT_PERMISSIONS",
                    "42501",
                    "Insufficient privileges: User does not have permission MODIFY on schema '" + name.get(0) + "."
                            + name.get(1) + "'.");
        }
    }

    private static void requireStorable(Query query) {
        for (Query.Output c : query.columns()) {
            if (c.type().is(Kind.VOID)) {
                throw SqlErrors.unsupported("the column " + c.name() + " of type VOID in a table");
            }
            if (!c.name().equals(c.label())) {
                throw SqlErrors.of(
                        "COLUMN_ALREADY_EXISTS",
                        "42711",
                        "The column " + Identifiers.backticked(c.name())
                                + " already exists. Choose another name or rename " + "the existing column.");
            }
        }
    }

    private void drop(List<String> written, boolean lenient, boolean view) {
        if (view && context.tempViews().drop(written)) {
            return;
        }
        List<String> name = context.tables().complete(written);
        requireWritable(name);
        TableInfo info = context.metastore().find(name).orElse(null);
        if (info == null) {
            if (lenient) {
                return;
            }
            throw SqlErrors.tableNotFound(written);
        }
        if (info.view() != view) {
            throw SqlErrors.of(
                    view ? "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE" : "WRONG_COMMAND_FOR_OBJECT_TYPE",
                    view ? "42809" : "42809",
                    "The object " + Identifiers.backticked(name) + " is a " + (info.view() ? "view" : "table")
                            + ". Use DROP " + (info.view() ? "VIEW" : "TABLE") + " instead.");
        }
        if (view) {
            context.run("DROP VIEW " + DuckNames.qualified(name));
            context.metastore().changed();
        } else {
            context.metastore().versions().drop(context, name);
        }
    }
}
