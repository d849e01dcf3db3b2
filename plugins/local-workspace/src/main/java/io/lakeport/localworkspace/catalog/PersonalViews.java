package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.sql.expression.Parameters;
import io.lakeport.localworkspace.sql.parse.StatementParser;
import io.lakeport.localworkspace.sql.query.Ctes;
import io.lakeport.localworkspace.sql.query.Query;
import io.lakeport.localworkspace.sql.query.StatementScope;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.query.Tables;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementDefaultContext;

/**
 * Views that say something else to everybody, by current_user() or is_account_group_member(), are translated anew for
 * each reader: DuckDB's own view would answer as for the one who created it.
 */
final class PersonalViews {
    private final SessionCatalog reader;
    private final String catalog;
    private final String schema;
    private final TablesOf tablesOf;

    /** Makes the tables that a view sees with its owner's rights, from the catalog and schema that it was made in. */
    interface TablesOf {
        Tables in(SessionCatalog owned, String catalog, String schema);
    }

    PersonalViews(SessionCatalog reader, String catalog, String schema, TablesOf tablesOf) {
        this.reader = reader;
        this.catalog = catalog;
        this.schema = schema;
        this.tablesOf = tablesOf;
    }

    /** Returns the view for this reader; empty when it is a table or the same to everybody. */
    Optional<Table> find(TableInfo view) {
        if (!view.view() || reader.governance().isEmpty()) {
            return Optional.empty();
        }
        SecurableInfo info = reader.governance().get().securables().get(Securable.table(view.fullName()));
        String in = info.detail(ViewOwners.PERSONAL);
        String definition = info.detail(ViewOwners.DEFINITION);
        if (in == null || definition == null) {
            return Optional.empty();
        }
        reader.personal();
        return Optional.of(table(view, translate(definition, info.owner(), in.split("\t", 2))));
    }

    /** Functions speak of the reader, tables are read with the rights of the view's owner. */
    private Query translate(String definition, String owner, String[] in) {
        SessionCatalog owned = reader.forViewOf(owner);
        StatementScope.Session session = new StatementScope.Session(reader.reader(), catalog, schema, reader::isMember);
        SingleStatementContext tree = StatementParser.parse(definition);
        StatementScope scope =
                new StatementScope(session, tablesOf.in(owned, in[0], in[1]), Parameters.bind(List.of(), tree));
        return scope.query(((StatementDefaultContext) tree.statement()).query(), Ctes.none(), null);
    }

    private static Table table(TableInfo view, Query query) {
        List<Table.TableColumn> columns = new ArrayList<>();
        List<String> list = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            Query.Output c = query.columns().get(i);
            String name = view.columns().get(i).name();
            list.add("pv." + Identifiers.duck(c.label()) + " AS " + Identifiers.duck(name));
            columns.add(new Table.TableColumn(name, c.type(), c.type().duck(), c.nullable()));
        }
        String sql = "(SELECT " + String.join(", ", list) + " FROM (" + query.sql() + ") AS pv)";
        return new Table(view.fullName(), sql, columns);
    }
}
