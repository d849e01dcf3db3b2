package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.AccessDenied;
import io.lakeport.localworkspace.governance.Actor;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs as one principal sees them while one statement runs: only what it may see is listed, and only what it
 * may do succeeds. Without governance it sees everything. Not thread-safe.
 */
public final class SessionCatalog {
    private static final String SYSTEM = "system";

    private final Metastore metastore;
    private final @Nullable Governance governance;
    private final String user;
    private final String reader;
    private final Set<List<String>> reads = new LinkedHashSet<>();
    private @Nullable Actor actor;
    private boolean personal;

    /** Creates it for a statement of {@code user}; {@code null} for an engine that nobody governs. */
    public SessionCatalog(Metastore metastore, @Nullable Governance governance, String user) {
        this(metastore, governance, user, user);
    }

    private SessionCatalog(Metastore metastore, @Nullable Governance governance, String user, String reader) {
        this.metastore = metastore;
        this.governance = governance;
        this.user = user;
        this.reader = reader;
    }

    /** Returns the catalogs for a view of that owner: with the owner's rights, read by the same reader. */
    SessionCatalog forViewOf(String owner) {
        return new SessionCatalog(metastore, governance, owner, reader);
    }

    /** Returns who reads, whose name {@code current_user()} gives; in a view another than whose rights count. */
    public String reader() {
        return reader;
    }

    /** Returns what knows of owners and privileges, empty when nobody governs the engine. */
    public Optional<Governance> governance() {
        return Optional.ofNullable(governance);
    }

    /** Returns the name of who runs the statement. */
    public String user() {
        return user;
    }

    /** Returns who runs the statement, with its groups as they were when it was first asked for. */
    public Actor actor() {
        if (actor == null) {
            actor = governance == null ? new Actor(user, Set.of(), true) : governance.actor(user);
        }
        return actor;
    }

    /** Whether the reader is in the group, itself or through other groups. */
    public boolean isMember(String group) {
        return governance != null && governance.membership().groupsOf(reader).contains(group);
    }

    /** Whether the object may be seen. */
    public boolean sees(Securable securable) {
        return governance == null || enabled(securable) && governance.access().sees(actor(), securable);
    }

    private boolean enabled(Securable securable) {
        List<String> name = securable.name();
        return governance == null
                || name.size() < 2
                || !name.get(0).equals(SYSTEM)
                || governance.systemSchemas().enabled(name.get(1));
    }

    /** Returns the names of the visible catalogs, in order. */
    public List<String> catalogs() {
        return metastore.catalogs().stream()
                .filter(c -> sees(Securable.catalog(c)))
                .toList();
    }

    /** Fails unless there is such a catalog and it may be seen. */
    public void requireCatalog(String catalog) {
        metastore.requireCatalog(catalog);
        if (!sees(Securable.catalog(catalog))) {
            require(Privilege.USE_CATALOG, Securable.catalog(catalog));
        }
    }

    /** Returns the names of a catalog's visible schemas, in order. */
    public List<String> schemas(String catalog) {
        requireCatalog(catalog);
        return metastore.schemas(catalog).stream()
                .filter(s -> sees(Securable.schema(catalog, s)))
                .toList();
    }

    /** Whether there is such a schema; disabled ones of the system catalog are not there. */
    public boolean hasSchema(String catalog, String schema) {
        return metastore.hasSchema(catalog, schema) && enabled(Securable.schema(catalog, schema));
    }

    /** Fails unless there is such a schema and it may be seen. */
    public void requireSchema(String catalog, String schema) {
        requireCatalog(catalog);
        Securable securable = Securable.schema(catalog, schema);
        if (!sees(securable)) {
            requireUse(securable);
        }
        if (!hasSchema(catalog, schema)) {
            throw SqlErrors.schemaNotFound(List.of(catalog, schema));
        }
        if (!sees(securable)) {
            require(Privilege.USE_SCHEMA, securable);
        }
    }

    /** Fails unless the schema may be made the current one. */
    public void requireUsable(String catalog, String schema) {
        requireSchema(catalog, schema);
        require(Privilege.USE_SCHEMA, Securable.schema(catalog, schema));
    }

    /** Returns the visible tables and views of a schema, in order. */
    public List<TableInfo> tables(String catalog, String schema) {
        return enabled(Securable.schema(catalog, schema))
                ? metastore.tables(catalog, schema).stream()
                        .filter(t -> sees(Securable.table(t.fullName())))
                        .toList()
                : List.of();
    }

    /** Fails unless who runs the statement has the privilege, and may use what the object lies in. */
    public void require(Privilege privilege, Securable securable) {
        decide(g -> g.access().require(actor(), privilege, securable));
    }

    /** Fails unless who runs the statement may use what the object lies in. */
    public void requireUse(Securable securable) {
        decide(g -> g.access().requireUse(actor(), securable));
    }

    /** Fails unless who runs the statement manages the object. */
    public void requireManage(Securable securable) {
        decide(g -> g.access().requireManage(actor(), securable));
    }

    /** Fails unless who runs the statement may call a function of the catalog, named by its three levels. */
    public void requireExecute(List<String> function) {
        require(Privilege.EXECUTE, new Securable(SecurableType.FUNCTION, function));
    }

    /** Fails unless who runs the statement may bring a dropped table back. */
    public void requireRestorable(Securable table) {
        decide(g -> g.requireRestorable(actor(), table));
    }

    /** Whether the schema holds neither tables nor volumes, whoever sees them. */
    public boolean isEmpty(String catalog, String schema) {
        return metastore.tables(catalog, schema).isEmpty()
                && (governance == null
                        || governance.volumes().list(catalog, schema).isEmpty());
    }

    private void decide(Consumer<Governance> decision) {
        if (governance == null) {
            return;
        }
        try {
            decision.accept(governance);
        } catch (AccessDenied e) {
            throw denied(e);
        }
    }

    static RuntimeException denied(AccessDenied e) {
        return SqlErrors.of("INSUFFICIENT_PERMISSIONS", "42501", "Insufficient privileges: " + e.getMessage());
    }

    /** Returns a table or view for reading its rows; fails when it may not be read. */
    Optional<TableInfo> read(List<String> name) {
        Optional<TableInfo> info = existing(name);
        info.ifPresent(t -> {
            reads.add(t.fullName());
            require(Privilege.SELECT, Securable.table(t.fullName()));
            if (t.view()) {
                decide(g -> new ViewOwners(metastore, g).requireReadable(t.fullName()));
            }
        });
        return info;
    }

    /** Returns what is known of a table or view; fails when it may not be seen. */
    Optional<TableInfo> describe(List<String> name) {
        Optional<TableInfo> info = existing(name);
        info.map(t -> Securable.table(t.fullName())).filter(s -> !sees(s)).ifPresent(s -> require(Privilege.SELECT, s));
        return info;
    }

    /** What is not there is not told to those who may not look where it would be. */
    private Optional<TableInfo> existing(List<String> name) {
        Securable schema = Securable.schema(name.get(0), name.get(1));
        Optional<TableInfo> info = enabled(schema) ? metastore.find(name) : Optional.empty();
        if (info.isEmpty() && governance != null && hasSchema(name.get(0), name.get(1)) && !sees(schema)) {
            require(Privilege.USE_SCHEMA, schema);
        }
        return info;
    }

    /** Notes that the statement reads something that looks different to somebody else. */
    void personal() {
        personal = true;
    }

    /** Whether the statement has read something that looks different to somebody else. */
    public boolean isPersonal() {
        return personal;
    }

    /** Returns the tables and views that the statement has read so far, in lower case. */
    public Set<List<String>> reads() {
        return Set.copyOf(reads);
    }
}
