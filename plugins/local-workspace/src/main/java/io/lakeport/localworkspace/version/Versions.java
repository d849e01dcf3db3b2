package io.lakeport.localworkspace.version;

import io.lakeport.localworkspace.catalog.DuckNames;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes commits to tables. Commits to one table run one after another, so writers never conflict: each of them sees
 * what the one before it did, an outcome that Delta's serializable isolation allows too. Thread-safe.
 */
public final class Versions {
    private static final long WAIT_MILLIS = 50;

    private final Metastore.Database database;
    private final Map<List<String>, TableState> states = new ConcurrentHashMap<>();

    public Versions(Metastore.Database database) {
        this.database = database;
    }

    /** Makes a catalog ready to keep versions. */
    public void prepare(String catalog) {
        VersionLog.definitions(catalog).forEach(database::run);
    }

    /**
     * Changes a table that is there: runs work in a transaction that ends with a commit to the table's log, if the work
     * logged an operation.
     *
     * @param name three-level name in lower case
     */
    public <T> T change(CommandContext context, List<String> name, Function<TableChange, T> work) {
        return exclusively(context, name, state -> {
            if (state.head().version() < 0) {
                adopt(context, name, state);
            }
            return commit(context, name, state, work);
        });
    }

    /** Creates a table, or replaces the one that is there. */
    public void create(CommandContext context, List<String> name, Function<TableChange, Boolean> work) {
        exclusively(context, name, state -> {
            boolean there = context.metastore().find(name).isPresent();
            if (there && state.head().version() < 0) {
                adopt(context, name, state);
            }
            TableState.Head old = state.head();
            TableState.Head head = there ? old : new TableState.Head(newId(), -1, Instant.EPOCH, 0, 0, 0, false);
            return commit(context, name, state, head, change -> {
                boolean done = work.apply(change);
                if (!there && change.isRedefined()) {
                    // The log may still know a table that went with its schema.
                    context.run("UPDATE " + DuckNames.log(name.get(0), "tables") + " AS t SET dropped_at = "
                            + VersionLog.time(Instant.EPOCH) + " WHERE " + VersionLog.current("t", name));
                    context.run(VersionLog.insertTable(name, change.id(), now(TableState.UNTRACKED)));
                }
                return done;
            });
        });
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Drops a table; UNDROP brings it back. */
    public void drop(CommandContext context, List<String> name) {
        Optional<String> id = id(name);
        if (id.isEmpty()) {
            rename(context, name, name, () -> context.run("DROP TABLE " + DuckNames.qualified(name)));
            return;
        }
        rename(context, name, name, () -> {
            purgeDropped(context, name);
            context.run("ALTER TABLE " + DuckNames.qualified(name) + " RENAME TO "
                    + Identifiers.duck(HiddenNames.dropped(id.get())));
            context.run("UPDATE " + DuckNames.log(name.get(0), "tables") + " SET dropped_at = "
                    + VersionLog.time(Instant.now()) + " WHERE id = " + Identifiers.literal(id.get()));
        });
    }

    /** Brings a dropped table back, none of whose name may be there; returns whether it was still kept. */
    public boolean undrop(CommandContext context, List<String> name, String id) {
        if (!VersionLog.exists(name, HiddenNames.dropped(id), context::rows)) {
            return false;
        }
        rename(context, name, name, () -> {
            context.run("ALTER TABLE " + DuckNames.beside(name, HiddenNames.dropped(id)) + " RENAME TO "
                    + Identifiers.duck(name.get(2)));
            context.run("UPDATE " + DuckNames.log(name.get(0), "tables") + " SET dropped_at = NULL WHERE id = "
                    + Identifiers.literal(id));
        });
        return true;
    }

    /** Gives a table another name, or takes its name away, while no one else changes it. */
    public void rename(CommandContext context, List<String> name, List<String> other, Runnable work) {
        exclusively(context, name, state -> {
            context.atomically(() -> {
                work.run();
                return 0;
            });
            state.become(TableState.UNKNOWN);
            states.computeIfAbsent(other, n -> new TableState()).become(TableState.UNKNOWN);
            context.metastore().changed();
            return true;
        });
    }

    /** Returns the id under which the log knows the table; empty when it does not. */
    public Optional<String> id(List<String> name) {
        TableState.Head head = VersionLog.head(name, database::rows);
        return head.version() < 0 ? Optional.empty() : Optional.of(head.id());
    }

    /** Forgets the history of a table that was made anew outside of any session. */
    public void forget(List<String> name) {
        id(name).ifPresent(id -> purge(name, id, database::rows, database::run));
        states.computeIfAbsent(name, n -> new TableState()).become(TableState.UNKNOWN);
    }

    /** Removes all that is kept of a table's versions from the schema that {@code beside} lies in, and from the log. */
    private static void purge(List<String> beside, String id, VersionLog.Rows rows, Consumer<String> run) {
        rows.apply("SELECT table_name FROM duckdb_tables() WHERE " + DuckNames.in(beside.get(0), beside.get(1))
                        + " AND contains(table_name, " + Identifiers.literal("/" + id) + ")")
                .forEach(row -> run.accept("DROP TABLE " + DuckNames.beside(beside, String.valueOf(row.get(0)))));
        String where = " = " + Identifiers.literal(id);
        run.accept("DELETE FROM " + DuckNames.log(beside.get(0), "commits") + " WHERE table_id" + where);
        run.accept("DELETE FROM " + DuckNames.log(beside.get(0), "tables") + " WHERE id" + where);
    }

    /** Forgets the tables of a schema that were dropped too long ago for UNDROP. */
    private static void purgeDropped(CommandContext context, List<String> name) {
        context.rows("SELECT id FROM " + DuckNames.log(name.get(0), "tables") + " WHERE schema_name = "
                        + Identifiers.literal(name.get(1)) + " AND dropped_at < now() - INTERVAL 7 DAY")
                .forEach(row -> purge(name, String.valueOf(row.get(0)), context::rows, context::run));
    }

    private <T> T exclusively(CommandContext context, List<String> name, Function<TableState, T> work) {
        TableState state = states.computeIfAbsent(name, n -> new TableState());
        acquire(context, state);
        try {
            if (state.head() == TableState.UNKNOWN) {
                state.become(VersionLog.head(name, database::rows));
            }
            return work.apply(state);
        } finally {
            state.lock.unlock();
        }
    }

    /** Waits for the table; a cancelled statement stops waiting. */
    private static void acquire(CommandContext context, TableState state) {
        try {
            while (!state.lock.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                context.checkCancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another statement changes the table.", e);
        }
    }

    private static <T> T commit(
            CommandContext context, List<String> name, TableState state, Function<TableChange, T> work) {
        return commit(context, name, state, state.head(), work);
    }

    private static <T> T commit(
            CommandContext context,
            List<String> name,
            TableState state,
            TableState.Head head,
            Function<TableChange, T> work) {
        TableChange change = new TableChange(context, name, head, now(head));
        Holder<T> result = new Holder<>(() -> work.apply(change));
        Holder<Optional<TableState.Head>> after = new Holder<>(change::write);
        context.atomically(() -> {
            result.fill();
            after.fill();
            return 0;
        });
        after.get().ifPresent(state::become);
        if (change.isRedefined()) {
            context.metastore().changed();
        }
        return result.get();
    }

    /** Carries what work inside a transaction returns. */
    private static final class Holder<T> {
        private final Supplier<T> supplier;
        private @org.jspecify.annotations.Nullable T value;

        Holder(Supplier<T> supplier) {
            this.supplier = supplier;
        }

        void fill() {
            value = supplier.get();
        }

        T get() {
            return java.util.Objects.requireNonNull(value, "the transaction has run");
        }
    }

    /** Returns the time of the commit after that one; times of commits increase, as Delta's do. */
    private static Instant now(TableState.Head head) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return now.isAfter(head.time()) ? now : head.time().plusMillis(1);
    }

    /** Begins the history of a table that has none: what it holds is version 0. */
    private static void adopt(CommandContext context, List<String> name, TableState state) {
        TableState.Head head = new TableState.Head(newId(), -1, Instant.EPOCH, 0, 0, 1, false);
        commit(context, name, state, head, change -> {
            context.run("ALTER TABLE " + change.table() + " ADD COLUMN " + Identifiers.duck(HiddenNames.VERSION)
                    + " BIGINT DEFAULT 0");
            context.run("ALTER TABLE " + change.table() + " ADD COLUMN " + Identifiers.duck(HiddenNames.UPDATED)
                    + " BOOLEAN DEFAULT false");
            context.run(VersionLog.insertTable(name, change.id(), now(TableState.UNTRACKED)));
            change.redefined();
            change.log(Operation.of("CREATE TABLE", Map.of("isManaged", "true")));
            return true;
        });
    }
}
