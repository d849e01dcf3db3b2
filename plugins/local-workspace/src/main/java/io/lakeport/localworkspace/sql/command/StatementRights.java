package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.query.Names;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;

/**
 * What a statement needs beside the right to read the tables of its queries, which is checked where they are looked up:
 * MODIFY for rows, CREATE TABLE and the like for new objects, MANAGE or ownership for the rest.
 */
final class StatementRights {
    private final CommandContext context;
    private final SessionCatalog visible;

    StatementRights(CommandContext context) {
        this.context = context;
        this.visible = context.visible();
    }

    /** Fails unless the statement is allowed; returns what is to be noted when it has run. */
    Runnable require(StatementContext ctx) {
        if (visible.governance().isEmpty() || ctx instanceof SqlBaseParser.StatementDefaultContext) {
            return () -> {};
        }
        if (ctx instanceof SqlBaseParser.DmlStatementContext dml) {
            rows(dml.dmlStatementNoWith());
            return () -> {};
        }
        Ownership ownership = new Ownership(context);
        if (ctx instanceof SqlBaseParser.CreateTableContext create) {
            return creates(ownership, create.createTableHeader().identifierReference(), false);
        }
        if (ctx instanceof SqlBaseParser.CreateTableLikeContext create) {
            return creates(ownership, create.target, false);
        }
        if (ctx instanceof SqlBaseParser.ReplaceTableContext replace) {
            return creates(ownership, replace.replaceTableHeader().identifierReference(), true);
        }
        if (ctx instanceof SqlBaseParser.CreateViewContext view) {
            return view.TEMPORARY() != null ? () -> {} : createsView(ownership, view);
        }
        if (ctx instanceof SqlBaseParser.DropTableContext drop) {
            return drops(ownership, drop.identifierReference());
        }
        if (ctx instanceof SqlBaseParser.AlterViewQueryContext alter) {
            Securable view = Securable.table(context.table(alter.identifierReference()));
            visible.requireUse(view);
            managed(view);
            return () -> ownership.defined(view, alter.query());
        }
        if (ctx instanceof SqlBaseParser.DropViewContext drop) {
            boolean temporary = context.tempViews()
                    .find(context.name(drop.identifierReference()))
                    .isPresent();
            return temporary ? () -> {} : drops(ownership, drop.identifierReference());
        }
        if (ctx instanceof SqlBaseParser.CreateUserDefinedFunctionContext function) {
            return function.TEMPORARY() != null ? () -> {} : createsFunction(ownership, function);
        }
        if (ctx instanceof SqlBaseParser.DropFunctionContext drop) {
            return dropsFunction(ownership, function(drop.identifierReference()));
        }
        return schemas(ctx, ownership);
    }

    private Securable function(SqlBaseParser.IdentifierReferenceContext ctx) {
        return new Securable(SecurableType.FUNCTION, context.table(ctx));
    }

    private boolean known(Securable function) {
        return visible.governance().flatMap(g -> g.securables().find(function)).isPresent();
    }

    private Runnable createsFunction(Ownership ownership, SqlBaseParser.CreateUserDefinedFunctionContext ctx) {
        Securable function = function(ctx.identifierReference());
        boolean known = known(function);
        if (!(known && visible.sees(function))) {
            visible.require(Privilege.CREATE_FUNCTION, schema(function));
        }
        if (known && ctx.REPLACE() != null) {
            visible.requireManage(function);
        }
        return () -> ownership.createdFunction(function, known);
    }

    private Runnable dropsFunction(Ownership ownership, Securable function) {
        if (context.tables().definition(function.name()).isPresent()) {
            visible.requireUse(function);
            visible.requireManage(function);
        }
        return () -> ownership.droppedFunction(function);
    }

    private Runnable schemas(StatementContext ctx, Ownership ownership) {
        if (ctx instanceof SqlBaseParser.CreateNamespaceContext create) {
            return createsSchema(ownership, schema(context.name(create.identifierReference())));
        }
        if (ctx instanceof SqlBaseParser.DropNamespaceContext drop) {
            Securable schema = schema(context.name(drop.identifierReference()));
            if (context.metastore().hasSchema(schema.name().get(0), schema.lastName())) {
                visible.requireUse(schema);
                visible.requireManage(schema);
            }
            return () -> ownership.dropped(schema);
        }
        if (ctx instanceof SqlBaseParser.RenameTableContext rename) {
            Securable from = Securable.table(context.table(rename.from));
            Securable to = Securable.table(context.tables().complete(Names.of(rename.to)));
            visible.requireUse(from);
            managed(from);
            visible.require(Privilege.CREATE_TABLE, schema(to));
            return () -> ownership.renamed(from, to);
        }
        alters(ctx);
        return () -> {};
    }

    /** What else changes a table needs MODIFY; comments on schemas need their owner. */
    private void alters(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.TruncateTableContext truncate) {
            modifies(truncate.identifierReference());
        } else if (ctx instanceof SqlBaseParser.CommentNamespaceContext comment) {
            visible.requireManage(schema(context.name(comment.identifierReference())));
        } else if (ctx instanceof SqlBaseParser.SetNamespacePropertiesContext set) {
            visible.requireManage(schema(context.name(set.identifierReference())));
        } else if (ctx.getStart().getText().equalsIgnoreCase("ALTER")
                || ctx instanceof SqlBaseParser.CommentTableContext
                || ctx instanceof SqlBaseParser.AnalyzeContext) {
            // ALTER TABLE and its kin name their table first, whatever action follows.
            modifiesNamed(ctx);
        }
    }

    private void rows(SqlBaseParser.DmlStatementNoWithContext ctx) {
        if (ctx instanceof SqlBaseParser.SingleInsertQueryContext insert) {
            modifiesNamed(insert.insertInto());
        } else if (ctx instanceof SqlBaseParser.MultiInsertQueryContext several) {
            several.multiInsertQueryBody().forEach(b -> modifiesNamed(b.insertInto()));
        } else if (ctx instanceof SqlBaseParser.UpdateTableContext update) {
            changes(update.identifierReference());
        } else if (ctx instanceof SqlBaseParser.DeleteFromTableContext delete) {
            changes(delete.identifierReference());
        } else if (ctx instanceof SqlBaseParser.MergeIntoTableContext merge) {
            changes(merge.target);
        }
    }

    /** UPDATE, DELETE and MERGE look at the rows that they change. */
    private void changes(SqlBaseParser.IdentifierReferenceContext ctx) {
        existing(ctx, Privilege.SELECT);
        existing(ctx, Privilege.MODIFY);
    }

    private void modifies(SqlBaseParser.IdentifierReferenceContext ctx) {
        existing(ctx, Privilege.MODIFY);
    }

    private void modifiesNamed(ParserRuleContext ctx) {
        List<SqlBaseParser.IdentifierReferenceContext> names =
                ctx.getRuleContexts(SqlBaseParser.IdentifierReferenceContext.class);
        if (!names.isEmpty()) {
            modifies(names.get(0));
        }
    }

    private void existing(SqlBaseParser.IdentifierReferenceContext ctx, Privilege privilege) {
        List<String> name = context.table(ctx);
        if (context.metastore().find(name).isPresent()) {
            visible.require(privilege, Securable.table(name));
        }
    }

    private void managed(Securable table) {
        if (context.metastore().find(table.name()).isPresent()) {
            visible.requireManage(table);
        }
    }

    private Runnable creates(Ownership ownership, SqlBaseParser.IdentifierReferenceContext ctx, boolean replace) {
        return requireCreate(ownership, context.table(ctx), replace);
    }

    /** Fails unless a table of that name may be created; returns what is to be noted when it is there. */
    Runnable requireCreate(Ownership ownership, List<String> name, boolean replace) {
        Securable table = Securable.table(name);
        boolean known = context.metastore().find(table.name()).isPresent();
        if (context.metastore().hasSchema(table.name().get(0), table.name().get(1))) {
            creatable(table, known);
        }
        if (replace && known) {
            visible.requireManage(table);
        }
        return () -> ownership.created(table, known);
    }

    /** Who may not create anything there is not told either whether the name is taken. */
    private void creatable(Securable table, boolean known) {
        if (known && visible.sees(table)) {
            return;
        }
        if (!table.name().get(1).equals(Metastore.INFORMATION_SCHEMA)) {
            visible.require(Privilege.CREATE_TABLE, schema(table));
        }
    }

    private Runnable createsView(Ownership ownership, SqlBaseParser.CreateViewContext ctx) {
        Runnable created = creates(ownership, ctx.identifierReference(), ctx.REPLACE() != null);
        Securable view = Securable.table(context.table(ctx.identifierReference()));
        boolean kept =
                ctx.EXISTS() != null && context.metastore().find(view.name()).isPresent();
        return () -> {
            created.run();
            if (!kept) {
                ownership.defined(view, ctx.query());
            }
        };
    }

    private Runnable drops(Ownership ownership, SqlBaseParser.IdentifierReferenceContext ctx) {
        Securable table = Securable.table(context.table(ctx));
        if (context.metastore().find(table.name()).isPresent()) {
            visible.requireUse(table);
            visible.requireManage(table);
        }
        return () -> ownership.dropped(table);
    }

    private Runnable createsSchema(Ownership ownership, Securable schema) {
        String catalog = schema.name().get(0);
        boolean known = context.metastore().hasSchema(catalog, schema.lastName());
        if (context.metastore().hasCatalog(catalog) && !(known && visible.sees(schema))) {
            visible.require(Privilege.USE_CATALOG, Securable.catalog(catalog));
            visible.require(Privilege.CREATE_SCHEMA, Securable.catalog(catalog));
        }
        return () -> ownership.created(schema, known);
    }

    private Securable schema(List<String> name) {
        String catalog = name.size() > 1 ? name.get(name.size() - 2) : context.catalog();
        return Securable.schema(
                catalog.toLowerCase(Locale.ROOT), name.get(name.size() - 1).toLowerCase(Locale.ROOT));
    }

    private static Securable schema(Securable inside) {
        return Securable.schema(inside.name().get(0), inside.name().get(1));
    }
}
