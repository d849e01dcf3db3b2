package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Remarks;
import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.SqlType;
import io.lakeport.localworkspace.sql.type.TypeTexts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE: columns and names. */
final class AlterCommands {
    private final CommandContext context;

    AlterCommands(CommandContext context) {
        this.context = context;
    }

    @Nullable
    Outcome run(StatementContext ctx) {
        if (ctx instanceof SqlBaseParser.AddTableColumnsContext add) {
            String table = table(add.identifierReference());
            add.columns.qualifiedColTypeWithPosition().forEach(c -> add(table, c));
        } else if (ctx instanceof SqlBaseParser.RenameTableColumnContext rename) {
            context.run("ALTER TABLE " + table(rename.table) + " RENAME COLUMN " + column(rename.from) + " TO "
                    + Identifiers.duck(Identifiers.unquote(rename.to.getText())));
        } else if (ctx instanceof SqlBaseParser.DropTableColumnsContext drop) {
            String lenient = drop.EXISTS() == null ? "" : "IF EXISTS ";
            String table = table(drop.identifierReference());
            drop.columns
                    .multipartIdentifier()
                    .forEach(c -> context.run("ALTER TABLE " + table + " DROP COLUMN " + lenient + column(c)));
        } else if (ctx instanceof SqlBaseParser.RenameTableContext rename) {
            List<String> to = context.tables().complete(Names.of(rename.to));
            String kind = rename.VIEW() == null ? "TABLE " : "VIEW ";
            context.run("ALTER " + kind + table(rename.from) + " RENAME TO " + Identifiers.duck(to.get(2)));
        } else if (!facts(ctx)) {
            return null;
        }
        context.metastore().changed();
        return Outcome.none("ALTER");
    }

    /** Changes what is said of a table; returns whether the statement does that. */
    private boolean facts(StatementContext ctx) {
        TableClauses clauses = new TableClauses(context);
        if (ctx instanceof SqlBaseParser.SetTablePropertiesContext set) {
            TableInfo table = info(set.identifierReference());
            Map<String, String> properties = new TreeMap<>(table.facts().properties());
            properties.putAll(clauses.properties(set.propertyList()));
            keep(table, table.facts().withProperties(properties));
        } else if (ctx instanceof SqlBaseParser.UnsetTablePropertiesContext unset) {
            TableInfo table = info(unset.identifierReference());
            Map<String, String> properties = new TreeMap<>(table.facts().properties());
            properties
                    .keySet()
                    .removeAll(clauses.properties(unset.propertyList()).keySet());
            keep(table, table.facts().withProperties(properties));
        } else if (ctx instanceof SqlBaseParser.AlterClusterByContext cluster) {
            TableInfo table = info(cluster.identifierReference());
            boolean none = cluster.clusterBySpec() == null;
            keep(table, table.facts().withClustering(none ? List.of() : clauses.clustering(cluster.clusterBySpec())));
        } else if (ctx instanceof SqlBaseParser.CommentTableContext comment) {
            TableInfo table = info(comment.identifierReference());
            boolean none = comment.comment().stringLit() == null;
            keep(
                    table,
                    table.facts()
                            .withComment(
                                    none ? null : clauses.text(comment.comment().stringLit())));
        } else {
            return false;
        }
        return true;
    }

    private TableInfo info(SqlBaseParser.IdentifierReferenceContext ctx) {
        return context.tables().info(context.name(ctx));
    }

    private void keep(TableInfo table, TableFacts facts) {
        context.run("COMMENT ON " + (table.view() ? "VIEW " : "TABLE ") + DuckNames.qualified(table.fullName()) + " IS "
                + Identifiers.literal(facts.json()));
    }

    private String table(SqlBaseParser.IdentifierReferenceContext ctx) {
        return DuckNames.qualified(context.tables().info(context.name(ctx)).fullName());
    }

    private static String column(SqlBaseParser.MultipartIdentifierContext ctx) {
        List<String> parts = Names.of(ctx);
        if (parts.size() != 1) {
            throw SqlErrors.unsupported("ALTER TABLE of fields within a column");
        }
        return Identifiers.duck(parts.get(0));
    }

    private void add(String table, SqlBaseParser.QualifiedColTypeWithPositionContext ctx) {
        if (ctx.colDefinitionDescriptorWithPosition().stream().anyMatch(d -> d.commentSpec() == null)) {
            throw SqlErrors.unsupported("ADD COLUMNS with NOT NULL, DEFAULT, FIRST or AFTER");
        }
        SqlType type = TypeTexts.of(ctx.dataType());
        context.run("ALTER TABLE " + table + " ADD COLUMN " + column(ctx.name) + " " + type.duck());
        String comment = ctx.colDefinitionDescriptorWithPosition().stream()
                .filter(d -> d.commentSpec() != null)
                .map(d -> context.expressions(Scope.empty())
                        .literals()
                        .string(d.commentSpec().stringLit()))
                .findFirst()
                .orElse(null);
        Remarks remarks = Remarks.of(type, comment);
        if (!remarks.isEmpty()) {
            context.run("COMMENT ON COLUMN " + table + "." + column(ctx.name) + " IS "
                    + Identifiers.literal(remarks.json()));
        }
    }
}
