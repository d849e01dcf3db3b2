package io.lakeport.localworkspace.governance;

import io.lakeport.localworkspace.state.StateFiles;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Unity Catalog's knowledge of a workspace's objects: who owns them, who may use them, where volumes lie. What the
 * objects hold is the engine's. Thread-safe.
 */
public final class Governance {
    /** Group that everybody is in. */
    public static final String ACCOUNT_USERS = "account users";

    private final Membership membership;
    private final boolean enforced;
    private final Securables securables;
    private final Grants grants;
    private final AccessControl access;
    private final Volumes volumes;
    private final SystemSchemas systemSchemas;
    private final ExternalStorage storage;

    private Governance(Membership membership, StateFiles state, Clock clock, String metastoreOwner, boolean enforced) {
        this.membership = membership;
        this.enforced = enforced;
        this.securables = new Securables(state, clock, metastoreOwner);
        this.grants = new Grants(state);
        this.access = new AccessControl(membership, securables, grants);
        this.volumes = new Volumes(securables, grants, Metastores.ROOT);
        this.systemSchemas = new SystemSchemas(state);
        this.storage = new ExternalStorage(securables, grants);
    }

    /**
     * Opens what a workspace's state keeps.
     *
     * @param metastoreOwner who owns the metastore, and what is there at the start, unless the state says otherwise
     * @param enforced whether privileges are checked; otherwise everybody may do everything
     */
    public static Governance open(
            Membership membership, StateFiles state, Clock clock, String metastoreOwner, boolean enforced) {
        return new Governance(membership, state, clock, metastoreOwner, enforced);
    }

    /** Whether privileges are checked. */
    public boolean enforced() {
        return enforced;
    }

    /** Returns the principals. */
    public Membership membership() {
        return membership;
    }

    /** Returns what is kept of objects. */
    public Securables securables() {
        return securables;
    }

    /** Returns what was granted. */
    public Grants grants() {
        return grants;
    }

    /** Returns the decisions. */
    public AccessControl access() {
        return access;
    }

    /** Returns the volumes. */
    public Volumes volumes() {
        return volumes;
    }

    /** Returns storage credentials and external locations. */
    public ExternalStorage storage() {
        return storage;
    }

    /** Returns the schemas of the catalog {@code system}. */
    public SystemSchemas systemSchemas() {
        return systemSchemas;
    }

    /** Returns somebody with the groups that it is in now; without enforcement everybody is the workspace itself. */
    public Actor actor(String principal) {
        return enforced ? access.actor(principal) : new Actor(Securables.SYSTEM_USER, Set.of(), true);
    }

    /** Notes that somebody created an object, and owns it now. */
    public SecurableInfo created(Securable securable, String by) {
        return securables.create(securable, by, Map.of());
    }

    /** Forgets an object that was dropped, all that lay in it, and what was granted on them. */
    public void dropped(Securable securable) {
        grants.removeAll(securable);
        securables.remove(securable);
    }

    /**
     * Fails unless somebody may bring a dropped table back: its owner, or who manages the schema.
     *
     * @throws AccessDenied naming what lacks
     */
    public void requireRestorable(Actor actor, Securable table) {
        Securable schema = Securable.schema(table.name().get(0), table.name().get(1));
        access.require(actor, Privilege.CREATE_TABLE, schema);
        String owner = securables.dropped(table).owner();
        if (!actor.system() && !actor.identities().contains(owner) && !access.manages(actor, schema)) {
            throw AccessDenied.lacking(Privilege.MANAGE, table);
        }
    }

    /** Notes that a dropped table is there again; it has its owner again, not what had been granted on it. */
    public void restored(Securable table) {
        securables.restore(table);
    }

    /** Notes that an object has another name; owner and grants stay. */
    public void renamed(Securable from, Securable to) {
        grants.rename(from, to);
        securables.rename(from, to);
    }

    /**
     * Grants privileges.
     *
     * @param by who grants them
     * @throws GovernanceException when the principal does not exist or a privilege does not apply to such objects
     */
    public void grant(Securable securable, String principal, Set<Privilege> privileges, String by) {
        String name = requirePrincipal(principal);
        requireApplicable(securable, privileges);
        grants.add(securable, name, privileges, by);
    }

    /**
     * Takes privileges back.
     *
     * @throws GovernanceException when the principal does not exist or a privilege does not apply to such objects
     */
    public void revoke(Securable securable, String principal, Set<Privilege> privileges) {
        String name = requirePrincipal(principal);
        requireApplicable(securable, privileges);
        grants.remove(securable, name, privileges);
    }

    /**
     * Fails unless privileges of these names can be granted on such an object.
     *
     * @throws GovernanceException INVALID_PARAMETER_VALUE
     */
    public void requireApplicable(Securable securable, Set<Privilege> privileges) {
        Optional<Privilege> wrong =
                privileges.stream().filter(p -> !p.appliesTo(securable.type())).findFirst();
        wrong.ifPresent(p -> {
            throw GovernanceException.invalid("Privilege " + p.sqlName() + " is not applicable to this entity ["
                    + securable.fullName() + ":" + securable.type() + "]. If this seems unexpected, please check the"
                    + " privilege version of the metastore in use [1.0].");
        });
    }

    /** Gives an object to another owner. */
    public SecurableInfo give(Securable securable, String owner, String by) {
        String name = requirePrincipal(owner);
        return securables.update(securable, by, i -> i.withOwner(name));
    }

    /**
     * Returns a principal's name as it is kept.
     *
     * @throws GovernanceException PRINCIPAL_DOES_NOT_EXIST
     */
    public String requirePrincipal(String principal) {
        if (!membership.exists(principal)) {
            throw GovernanceException.noPrincipal(principal);
        }
        return membership.canonical(principal);
    }
}
