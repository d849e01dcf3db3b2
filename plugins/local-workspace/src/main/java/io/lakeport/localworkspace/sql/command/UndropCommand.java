package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.Words;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UNDROP TABLE. */
final class UndropCommand {
    private final CommandContext context;

    UndropCommand(CommandContext context) {
        this.context = context;
    }

    Outcome run(Words words) {
        words.need("TABLE");
        if (words.take("WITH", "ID")) {
            String id = words.string();
            words.end();
            List<List<@Nullable String>> found = find(context.catalog(), "id = " + Identifiers.literal("" + id));
            if (found.isEmpty()) {
                throw SqlErrors.tableNotFound(List.of("" + id));
            }
            undrop(
                    List.of(
                            context.catalog(),
                            "" + found.get(0).get(1),
                            "" + found.get(0).get(2)),
                    "" + found.get(0).get(0));
            return Outcome.none("UNDROP");
        }
        List<String> written = words.name();
        words.end();
        List<String> name = context.tables().complete(written);
        context.metastore().requireSchema(name.get(0), name.get(1));
        List<List<@Nullable String>> found = find(
                name.get(0),
                "schema_name = " + Identifiers.literal(name.get(1)) + " AND table_name = "
                        + Identifiers.literal(name.get(2)));
        if (found.isEmpty()) {
            throw SqlErrors.tableNotFound(written);
        }
        undrop(name, String.valueOf(found.get(0).get(0)));
        return Outcome.none("UNDROP");
    }

    /** Returns id, schema and name of dropped tables, the last one first; seven days long, as in Unity Catalog. */
    private List<List<@Nullable String>> find(String catalog, String condition) {
        return context.rows("SELECT id, schema_name, table_name FROM " + DuckNames.log(catalog, "tables") + " WHERE "
                + condition + " AND dropped_at > now() - INTERVAL 7 DAY ORDER BY dropped_at DESC");
    }

    private void undrop(List<String> name, String id) {
        context.visible().requireRestorable(Securable.table(name));
        if (context.metastore().find(name).isPresent()) {
            throw SqlErrors.tableExists(name);
        }
        if (!context.metastore().versions().undrop(context, name, id)) {
            throw SqlErrors.tableNotFound(name);
        }
        new Ownership(context).created(Securable.table(name), false);
        context.visible().governance().ifPresent(g -> g.restored(Securable.table(name)));
    }
}
