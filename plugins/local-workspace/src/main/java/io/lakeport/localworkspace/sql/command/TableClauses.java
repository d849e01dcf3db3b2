package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Scope;
import io.lakeport.localworkspace.sql.query.Names;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.CreateTableClausesContext;
import org.jspecify.annotations.Nullable;

/** Reads what a statement says about a table beyond its columns, and refuses what the workspace would not keep. */
final class TableClauses {
    private final CommandContext context;

    TableClauses(CommandContext context) {
        this.context = context;
    }

    /** Returns what CREATE TABLE says about the table of that name. */
    TableFacts facts(
            List<String> table,
            CreateTableClausesContext clauses,
            SqlBaseParser.@Nullable TableProviderContext provider,
            SqlBaseParser.@Nullable TableElementListContext elements) {
        requireKept(clauses, provider);
        String comment = clauses.commentSpec().isEmpty()
                ? null
                : text(clauses.commentSpec(0).stringLit());
        Map<String, String> properties = new TreeMap<>();
        clauses.propertyList().forEach(p -> properties.putAll(properties(p)));
        List<String> partitioning = new ArrayList<>();
        clauses.partitionFieldList().forEach(list -> list.fields.forEach(f -> partitioning.add(partition(f))));
        List<String> clustering = new ArrayList<>();
        clauses.clusterBySpec().forEach(c -> clustering.addAll(clustering(c)));
        return new TableFacts(comment, properties, partitioning, clustering, keys(table, elements));
    }

    private static void requireKept(
            CreateTableClausesContext clauses, SqlBaseParser.@Nullable TableProviderContext provider) {
        if (!clauses.locationSpec().isEmpty()) {
            throw SqlErrors.unsupported("tables with LOCATION");
        }
        if (provider != null && !provider.multipartIdentifier().getText().equalsIgnoreCase("delta")) {
            throw SqlErrors.unsupported("tables USING "
                    + provider.multipartIdentifier().getText() + "; its tables answer as Delta tables do");
        }
        if (!clauses.skewSpec().isEmpty()
                || !clauses.bucketSpec().isEmpty()
                || !clauses.rowFormat().isEmpty()
                || !clauses.createFileFormat().isEmpty()
                || !clauses.collationSpec().isEmpty()
                || !clauses.expressionPropertyList().isEmpty()) {
            throw SqlErrors.unsupported(
                    "tables with SKEWED BY, CLUSTERED INTO BUCKETS, ROW FORMAT, STORED AS, COLLATION or OPTIONS");
        }
    }

    /** Returns the columns of CLUSTER BY. */
    List<String> clustering(SqlBaseParser.ClusterBySpecContext ctx) {
        return ctx.multipartIdentifierList().multipartIdentifier().stream()
                .map(c -> String.join(".", Names.of(c)))
                .toList();
    }

    private static String partition(SqlBaseParser.PartitionFieldContext field) {
        if (field instanceof SqlBaseParser.PartitionTransformContext transform
                && transform.transform() instanceof SqlBaseParser.IdentityTransformContext column) {
            return Identifiers.unquote(column.getText());
        }
        throw SqlErrors.unsupported("PARTITIONED BY with anything but names of the table's columns");
    }

    /** Returns TBLPROPERTIES. */
    Map<String, String> properties(SqlBaseParser.PropertyListContext ctx) {
        Map<String, String> properties = new TreeMap<>();
        for (SqlBaseParser.PropertyContext p : ctx.property()) {
            if (p instanceof SqlBaseParser.PropertyWithKeyAndEqualsContext equals) {
                properties.put(key(equals.key), value(equals.value));
            } else if (p instanceof SqlBaseParser.PropertyWithKeyNoEqualsContext plain) {
                properties.put(key(plain.key), value(plain.value));
            }
        }
        return properties;
    }

    private static String key(org.antlr.v4.runtime.ParserRuleContext ctx) {
        String text = ctx.getText();
        return text.startsWith("'") || text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private String value(SqlBaseParser.@Nullable PropertyValueContext ctx) {
        if (ctx == null) {
            return "";
        }
        return ctx.stringLit() == null ? ctx.getText() : text(ctx.stringLit());
    }

    /** Returns the text of a string literal. */
    String text(SqlBaseParser.StringLitContext ctx) {
        return context.expressions(Scope.empty()).literals().string(ctx);
    }

    private List<TableFacts.Key> keys(List<String> table, SqlBaseParser.@Nullable TableElementListContext elements) {
        List<TableFacts.Key> keys = new ArrayList<>();
        if (elements == null) {
            return keys;
        }
        for (SqlBaseParser.TableElementContext e : elements.tableElement()) {
            if (e.tableConstraintDefinition() != null) {
                keys.add(key(table, e.tableConstraintDefinition()));
            } else {
                e.colDefinition().colDefinitionOption().stream()
                        .filter(o -> o.columnConstraintDefinition() != null)
                        .forEach(o -> keys.add(columnKey(table, e.colDefinition(), o.columnConstraintDefinition())));
            }
        }
        return keys;
    }

    /** Returns the key that a constraint names. */
    TableFacts.Key key(List<String> table, SqlBaseParser.TableConstraintDefinitionContext ctx) {
        requireInforming(ctx.constraintCharacteristic());
        SqlBaseParser.TableConstraintContext constraint = ctx.tableConstraint();
        if (constraint.foreignKeyConstraint() != null) {
            List<String> columns = names(constraint.foreignKeyConstraint().identifierList());
            return foreign(
                    table, ctx.name, columns, constraint.foreignKeyConstraint().referenceSpec());
        }
        if (constraint.uniqueConstraint() == null) {
            throw checks();
        }
        return primary(
                table,
                ctx.name,
                constraint.uniqueConstraint().uniqueSpec(),
                names(constraint.uniqueConstraint().identifierList()));
    }

    private TableFacts.Key columnKey(
            List<String> table,
            SqlBaseParser.ColDefinitionContext column,
            SqlBaseParser.ColumnConstraintDefinitionContext ctx) {
        requireInforming(ctx.constraintCharacteristic());
        List<String> columns = List.of(Identifiers.unquote(column.colName.getText()));
        if (ctx.columnConstraint().referenceSpec() != null) {
            return foreign(table, ctx.name, columns, ctx.columnConstraint().referenceSpec());
        }
        if (ctx.columnConstraint().uniqueSpec() == null) {
            throw checks();
        }
        return primary(table, ctx.name, ctx.columnConstraint().uniqueSpec(), columns);
    }

    private static RuntimeException checks() {
        return SqlErrors.unsupported("CHECK constraints, which it would not enforce");
    }

    private static void requireInforming(List<SqlBaseParser.ConstraintCharacteristicContext> characteristics) {
        for (SqlBaseParser.ConstraintCharacteristicContext c : characteristics) {
            if (c.enforcedCharacteristic() != null
                    && c.enforcedCharacteristic().getText().equalsIgnoreCase("ENFORCED")) {
                throw SqlErrors.unsupported("ENFORCED keys; keys inform only, as in Unity Catalog");
            }
        }
    }

    private static TableFacts.Key primary(
            List<String> table,
            org.antlr.v4.runtime.@Nullable ParserRuleContext name,
            SqlBaseParser.UniqueSpecContext spec,
            List<String> columns) {
        if (spec.PRIMARY() == null) {
            throw SqlErrors.unsupported("UNIQUE constraints, which Unity Catalog does not have either");
        }
        return new TableFacts.Key(label(name, table, "pk"), columns, List.of(), List.of());
    }

    private TableFacts.Key foreign(
            List<String> table,
            org.antlr.v4.runtime.@Nullable ParserRuleContext name,
            List<String> columns,
            SqlBaseParser.ReferenceSpecContext reference) {
        List<String> parent = context.tables().complete(Names.of(reference.multipartIdentifier()));
        List<String> parentColumns = reference.parentColumns == null ? columns : names(reference.parentColumns);
        return new TableFacts.Key(label(name, table, "fk"), columns, parent, parentColumns);
    }

    private static String label(
            org.antlr.v4.runtime.@Nullable ParserRuleContext name, List<String> table, String kind) {
        return name == null
                ? table.get(table.size() - 1).toLowerCase(Locale.ROOT) + "_" + kind
                : Identifiers.unquote(name.getText());
    }

    private static List<String> names(SqlBaseParser.IdentifierListContext ctx) {
        return ctx.identifierSeq().ident.stream()
                .map(i -> Identifiers.unquote(i.getText()))
                .toList();
    }
}
