package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.TableFacts;
import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.version.Operation;
import io.lakeport.localworkspace.version.PastTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Tables made after the likeness of others: CREATE TABLE … LIKE, and CLONE. */
final class CloneCommands {
    private static final List<String> COLUMNS = List.of(
            "source_table_size",
            "source_num_of_files",
            "num_removed_files",
            "num_copied_files",
            "removed_files_size",
            "copied_files_size");

    private final CommandContext context;

    CloneCommands(CommandContext context) {
        this.context = context;
    }

    Outcome like(SqlBaseParser.CreateTableLikeContext ctx) {
        List<String> name = context.table(ctx.target);
        TableInfo source = context.tables().info(context.name(ctx.source));
        TableCommands tables = new TableCommands(context);
        boolean lenient = ctx.EXISTS() != null;
        if (!tables.mayCreate(name, false, lenient)) {
            return Outcome.none("CREATE");
        }
        Map<String, String> properties = new TreeMap<>(source.facts().properties());
        ctx.propertyList().forEach(p -> properties.putAll(new TableClauses(context).properties(p)));
        TableFacts facts = source.facts().withProperties(properties).withKeys(List.of());
        context.metastore().versions().create(context, name, change -> {
            if (tables.mayCreate(name, false, lenient)) {
                change.become(source.with(facts), null, false);
                change.log(Logged.define("CREATE TABLE", facts));
            }
            return true;
        });
        return Outcome.none("CREATE");
    }

    /** Copies the rows of a table as a moment has them; what a shallow clone shares, a reader cannot see. */
    Outcome clone(
            List<String> name,
            boolean replace,
            boolean lenient,
            List<String> from,
            Moment moment,
            Map<String, String> more) {
        Runnable created = new StatementRights(context).requireCreate(new Ownership(context), name, replace);
        TableCommands tables = new TableCommands(context);
        if (!tables.mayCreate(name, replace, lenient)) {
            return Outcome.none("CLONE");
        }
        TableInfo source = context.tables().readable(from);
        PastTables past = new PastTables(context::rows);
        long version = past.version(source, moment);
        PastTables.Past then = past.past(source, version);
        Map<String, String> properties = new TreeMap<>(then.definition().facts().properties());
        properties.putAll(more);
        TableInfo definition = then.definition()
                .with(then.definition().facts().withProperties(properties).withKeys(List.of()));
        List<Long> rows = new ArrayList<>();
        context.metastore().versions().create(context, name, change -> {
            boolean there = context.metastore().find(name).isPresent();
            rows.add(change.become(definition, then.rows(), there));
            change.files(rows.get(0) == 0 ? 0 : 1);
            change.metric("sourceTableSize", Sizes.bytes(definition, rows.get(0)));
            change.metric("numCopiedFiles", rows.get(0) == 0 ? 0 : 1);
            change.log(Operation.of(
                    "CLONE",
                    Map.of("source", String.join(".", source.fullName()), "sourceVersion", String.valueOf(version))));
            return true;
        });
        created.run();
        long size = Sizes.bytes(definition, rows.get(0));
        long files = rows.get(0) == 0 ? 0 : 1;
        return Outcome.counts("CLONE", COLUMNS, size, files, 0L, files, 0L, size);
    }
}
