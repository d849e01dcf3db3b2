package io.lakeport.localworkspace.sql.command;

import static java.util.Objects.requireNonNull;

import io.lakeport.localworkspace.catalog.TableInfo;
import io.lakeport.localworkspace.catalog.TableInfo.ColumnInfo;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.expression.Expr;
import io.lakeport.localworkspace.sql.query.FileListing;
import io.lakeport.localworkspace.sql.query.FileRequest;
import io.lakeport.localworkspace.sql.query.Files;
import io.lakeport.localworkspace.sql.query.Moment;
import io.lakeport.localworkspace.sql.query.Routine;
import io.lakeport.localworkspace.sql.query.Table;
import io.lakeport.localworkspace.sql.query.Table.TableColumn;
import io.lakeport.localworkspace.sql.query.Tables;
import io.lakeport.localworkspace.sql.type.Identifiers;
import io.lakeport.localworkspace.sql.type.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** COPY INTO: loads files that were not loaded before, each of them once. */
final class CopyInto {
    private static final List<String> COUNTS =
            List.of("num_affected_rows", "num_inserted_rows", "num_skipped_corrupt_files");
    /** What the files are called in the statements that COPY INTO is made of. */
    private static final String SOURCE = "lakeport copy source";

    private final CommandContext context;
    private final CopyStatement copy;

    CopyInto(CommandContext context, CopyStatement copy) {
        this.context = context;
        this.copy = copy;
    }

    Outcome run() {
        TableInfo table = context.tables().info(copy.target());
        CopyLedger ledger = new CopyLedger(context, table);
        List<Found> all = files();
        if (all.isEmpty()) {
            throw noFiles();
        }
        Set<String> loaded = copy.copyOptions().flag("force", false) ? Set.of() : ledger.loaded();
        List<Found> fresh = all.stream()
                .filter(f -> !loaded.contains(f.place().path().text()))
                .toList();
        CorruptFiles corrupt = CorruptFiles.among(fresh, copy.format(), copy.formatOptions());
        List<Found> good = corrupt.others();
        if (good.isEmpty()) {
            return Outcome.counts("COPY", COUNTS, 0L, 0L, (long) corrupt.skipped());
        }
        Table source = new Files(context.tables()).read(request(good));
        if (copy.validateRows().isPresent()) {
            return validate(table, source);
        }
        try (Place.Claim claim = context.files().claim(table.fullName(), good)) {
            if (!claim.granted()) {
                throw concurrent();
            }
            long rows = load(table, source, ledger, good);
            return Outcome.counts("COPY", COUNTS, rows, rows, (long) corrupt.skipped());
        }
    }

    private FileRequest request(List<Found> files) {
        boolean infer = copy.formatOptions().flag("inferschema", false);
        return new FileRequest(copy.format(), copy.path(), files, copy.formatOptions(), List.of(), infer, false);
    }

    /** COPY INTO looks into subdirectories only as far as its pattern does. */
    private List<Found> files() {
        Place base = context.files().place(context.user(), copy.path(), Intent.READ);
        FileListing listing = new FileListing(p -> context.files().place(context.user(), p, Intent.READ));
        if (!copy.files().isEmpty()) {
            return copy.files().stream()
                    .flatMap(name -> listing.files(copy.path().replaceAll("/+$", "") + "/" + name, false).stream())
                    .toList();
        }
        boolean deep = copy.formatOptions().flag("recursivefilelookup", false)
                || copy.pattern().filter(p -> p.contains("/")).isPresent();
        List<Found> found = listing.files(copy.path(), deep);
        if (copy.pattern().isEmpty()) {
            return found;
        }
        Pattern wanted = FileListing.glob(copy.pattern().get());
        int above = base.path().parts().size();
        return found.stream()
                .filter(f -> wanted.matcher(relative(f, above)).matches())
                .toList();
    }

    private static String relative(Found file, int above) {
        List<String> parts = file.place().path().parts();
        return String.join("/", parts.subList(Math.min(above, parts.size() - 1), parts.size()));
    }

    /**
     * Writes rows and memory together, while no one else changes the table. The rows come last: they make the commit
     * that others see.
     */
    private long load(TableInfo table, Table source, CopyLedger ledger, List<Found> files) {
        String insert = insert(table, source);
        try {
            return context.metastore().versions().change(context, table.fullName(), change -> {
                ledger.add(files);
                return count(context.run(insert, seeing(source)));
            });
        } finally {
            // What was looked up meanwhile did not know of the transaction.
            context.metastore().changed();
        }
    }

    private long count(Outcome outcome) {
        var answer = requireNonNull(outcome.answer(), "INSERT answers its counts");
        String count = String.valueOf(context.rows(answer.sql()).get(0).get(0));
        return Long.parseLong(count);
    }

    private static UnaryOperator<Tables> seeing(Table source) {
        return tables -> new Tables() {
            @Override
            public Optional<Table> find(List<String> name) {
                return name.equals(List.of(SOURCE)) ? Optional.of(source) : tables.find(name);
            }

            @Override
            public Optional<Routine> routine(List<String> name) {
                return tables.routine(name);
            }

            @Override
            public Optional<Expr> variable(List<String> name) {
                return tables.variable(name);
            }

            @Override
            public Table at(List<String> name, Moment moment) {
                return tables.at(name, moment);
            }

            @Override
            public Table changes(List<String> name, Moment from, Optional<Moment> to) {
                return tables.changes(name, from, to);
            }

            @Override
            public Place place(String path) {
                return tables.place(path);
            }

            @Override
            public List<TableColumn> describe(String duckSql) {
                return tables.describe(duckSql);
            }
        };
    }

    private String query(Table source, List<String> columns) {
        if (copy.select().isPresent()) {
            CopyStatement.Select select = copy.select().get();
            return select.before() + " `" + SOURCE + "` " + select.after();
        }
        return "SELECT " + columns.stream().map(CopyInto::quoted).collect(Collectors.joining(", ")) + " FROM `" + SOURCE
                + "`";
    }

    private static String quoted(String name) {
        return Identifiers.backticked(name);
    }

    private String insert(TableInfo table, Table source) {
        boolean merge = copy.copyOptions().flag("mergeschema", false);
        String into = (merge ? "INSERT WITH SCHEMA EVOLUTION INTO " : "INSERT INTO ")
                + Identifiers.backticked(table.fullName());
        List<String> names = source.columns().stream().map(TableColumn::name).toList();
        if (copy.byPosition() || !copy.columns().isEmpty()) {
            List<String> targets = copy.columns().isEmpty()
                    ? table.columns().stream().map(ColumnInfo::name).toList()
                    : copy.columns();
            return into + list(targets) + " " + query(source, names);
        }
        if (copy.select().isEmpty()) {
            source.columns().stream()
                    .filter(c -> !merge || has(table, c))
                    .forEach(c -> requireFitting(table, source, c));
        }
        return into + " BY NAME " + query(source, names);
    }

    private static String list(List<String> names) {
        return names.stream().map(CopyInto::quoted).collect(Collectors.joining(", ", " (", ")"));
    }

    private static void requireFitting(TableInfo table, Table source, TableColumn column) {
        ColumnInfo target = table.columns().stream()
                .filter(t -> t.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow(() -> mismatch(table, source));
        boolean text = column.type().is(Kind.STRING) && !target.type().is(Kind.STRING);
        boolean nested = column.type().kind().isNested() != target.type().kind().isNested();
        if (text || nested) {
            throw SqlErrors.of(
                    "DELTA_FAILED_TO_MERGE_FIELDS",
                    "22005",
                    "Failed to merge fields '" + target.name() + "' and '" + column.name() + "'. Failed to merge"
                            + " incompatible data types " + target.type().text() + " and "
                            + column.type().text() + ".");
        }
    }

    private static RuntimeException mismatch(TableInfo table, Table source) {
        String columns = source.columns().stream()
                .filter(c -> table.columns().stream().noneMatch(t -> t.name().equalsIgnoreCase(c.name())))
                .map(c -> " -- " + c.name() + ": " + c.type().catalogText())
                .collect(Collectors.joining("\n"));
        return SqlErrors.of(
                "COPY_INTO_SCHEMA_MISMATCH_WITH_TARGET_TABLE",
                "42KDG",
                "A schema mismatch was detected while copying into the Delta table (Table: "
                        + String.join(".", table.fullName())
                        + ").\nThis may indicate an issue with the incoming data, or the Delta table schema can be evolved"
                        + " automatically according to the incoming data by setting:\nCOPY_OPTIONS ('mergeSchema' ="
                        + " 'true')\nSchema difference:\nadditional columns:\n" + columns);
    }

    /** Shows what would be loaded, after reading all of it. */
    private Outcome validate(TableInfo table, Table source) {
        if (copy.select().isEmpty() && !copy.byPosition() && copy.columns().isEmpty()) {
            boolean merge = copy.copyOptions().flag("mergeschema", false);
            source.columns().stream()
                    .filter(c -> !merge || has(table, c))
                    .forEach(c -> requireFitting(table, source, c));
        }
        List<String> names = source.columns().stream().map(TableColumn::name).toList();
        String query = query(source, names);
        int rows = copy.validateRows().orElse(0);
        Outcome outcome = context.run("SELECT * FROM (" + query + ") LIMIT " + rows, seeing(source));
        return new Outcome("COPY", outcome.answer());
    }

    private static boolean has(TableInfo table, TableColumn column) {
        return table.columns().stream().anyMatch(t -> t.name().equalsIgnoreCase(column.name()));
    }

    private RuntimeException noFiles() {
        return SqlErrors.of(
                "COPY_INTO_SOURCE_SCHEMA_INFERENCE_FAILED",
                "42KD9",
                "The source directory did not contain any parsable files of type "
                        + copy.format().toUpperCase(Locale.ROOT) + ". Please check the contents of '" + copy.path()
                        + "'.\nThe error can be silenced by setting"
                        + " 'spark.databricks.delta.copyInto.emptySourceCheck.enabled' to 'false'.");
    }

    private static RuntimeException concurrent() {
        return SqlErrors.of(
                "COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED",
                "25000",
                "Duplicated files were committed in a concurrent COPY INTO operation. Please try again later.");
    }
}
