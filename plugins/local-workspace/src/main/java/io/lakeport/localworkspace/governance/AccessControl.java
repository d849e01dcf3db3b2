package io.lakeport.localworkspace.governance;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may do what, by owners and grants as Unity Catalog has them: a privilege on a catalog or schema holds for
 * all that lies in it; an owner has all privileges on the object itself, and on what lies in it only the right to manage
 * it. Reads what is in memory only. Thread-safe.
 */
public final class AccessControl {
    private static final String SYSTEM = "system";
    private static final String SAMPLES = "samples";
    private static final String INFORMATION_SCHEMA = "information_schema";

    /** What all users of the account may do with the sample data, and administrators with the system tables. */
    private static final Set<Privilege> READING = Set.of(
            Privilege.USE_CATALOG,
            Privilege.USE_SCHEMA,
            Privilege.SELECT,
            Privilege.EXECUTE,
            Privilege.READ_VOLUME,
            Privilege.BROWSE);

    /** Owners have these too, though ALL PRIVILEGES does not; data leaves only by an explicit grant. */
    private static final Set<Privilege> OWNED = Set.of(Privilege.MANAGE, Privilege.ALL_PRIVILEGES);

    private final Membership membership;
    private final Securables securables;
    private final Grants grants;

    AccessControl(Membership membership, Securables securables, Grants grants) {
        this.membership = membership;
        this.securables = securables;
        this.grants = grants;
    }

    /** Returns somebody with the groups that it is in now. */
    public Actor actor(String principal) {
        Set<String> identities = new HashSet<>(membership.groupsOf(principal));
        identities.add(principal);
        String admin = securables.get(Securable.METASTORE).owner();
        return new Actor(principal, identities, identities.contains(admin) || principal.equals(Securables.SYSTEM_USER));
    }

    /** Whether it owns the object itself. Metastore admins stand in for owners that are gone. */
    public boolean owns(Actor actor, Securable securable) {
        String owner = securables.get(securable).owner();
        return actor.system()
                || actor.identities().contains(owner)
                || actor.metastoreAdmin() && !owner.equals(Securables.SYSTEM_USER) && !membership.exists(owner);
    }

    /** Whether it may drop the object, give it away, and grant privileges on it. */
    public boolean manages(Actor actor, Securable securable) {
        return actor.metastoreAdmin() || managesAsOwner(actor, securable);
    }

    private boolean managesAsOwner(Actor actor, Securable securable) {
        return owns(actor, securable)
                || grants.has(actor.identities(), Privilege.MANAGE, securable)
                || securable.parent().filter(p -> managesAsOwner(actor, p)).isPresent();
    }

    /** Whether it has a privilege, as owner of the object, by a grant on it, or by one on what it lies in. */
    public boolean has(Actor actor, Privilege privilege, Securable securable) {
        boolean owned = OWNED.contains(privilege) || privilege.inAll();
        if (actor.system() || byNature(actor, privilege, securable) || owned && owns(actor, securable)) {
            return true;
        }
        return granted(actor, privilege, securable);
    }

    private boolean granted(Actor actor, Privilege privilege, Securable securable) {
        if (grants.has(actor.identities(), privilege, securable)) {
            return true;
        }
        Optional<Securable> parent = securable.parent();
        return parent.isPresent() && passesOn(parent.get(), privilege) && granted(actor, privilege, parent.get());
    }

    /**
     * Whether a privilege on an object holds for what lies in it. GRANT USE SCHEMA ON CATALOG system succeeds on
     * Databricks and opens none of its schemas.
     */
    public static boolean passesOn(Securable parent, Privilege privilege) {
        return privilege != Privilege.USE_SCHEMA || !parent.equals(Securable.catalog(SYSTEM));
    }

    /** Whether everybody like it has the privilege without any grant. */
    private static boolean byNature(Actor actor, Privilege privilege, Securable securable) {
        List<String> name = securable.name();
        boolean inCatalog = name.size() > 0
                && securable.type() != SecurableType.EXTERNAL_LOCATION
                && securable.type() != SecurableType.STORAGE_CREDENTIAL;
        if (!inCatalog || !READING.contains(privilege)) {
            return false;
        }
        if (name.get(0).equals(SAMPLES)) {
            return true;
        }
        boolean information = name.size() > 1 && name.get(1).equals(INFORMATION_SCHEMA);
        return name.get(0).equals(SYSTEM) && actor.metastoreAdmin() || information;
    }

    /**
     * Whether it may know of the object: by any privilege that means something for it, by BROWSE, or because it manages
     * it.
     */
    public boolean sees(Actor actor, Securable securable) {
        if (manages(actor, securable)) {
            return true;
        }
        List<String> name = securable.name();
        boolean top = securable.parent().isEmpty();
        if (top && (name.isEmpty() || name.get(0).equals(SYSTEM) || name.get(0).equals(SAMPLES))) {
            return true;
        }
        if (granted(actor, Privilege.BROWSE, root(securable))) {
            return true;
        }
        return lacking(actor, securable).isEmpty() && hasAny(actor, securable);
    }

    private boolean hasAny(Actor actor, Securable securable) {
        if (byNature(actor, Privilege.SELECT, securable)) {
            return true;
        }
        Optional<Securable> at = Optional.of(securable);
        while (at.isPresent()) {
            if (grants.hasAny(actor.identities(), at.get(), securable.type())) {
                return true;
            }
            at = at.get().parent();
        }
        return false;
    }

    private static Securable root(Securable securable) {
        return securable.parent().map(AccessControl::root).orElse(securable);
    }

    /**
     * Fails unless it has the privilege on the object and may use what the object lies in.
     *
     * @throws AccessDenied naming the outermost privilege that lacks, as Databricks does
     */
    public void require(Actor actor, Privilege privilege, Securable securable) {
        requireUse(actor, securable);
        if (!has(actor, privilege, securable)) {
            throw AccessDenied.lacking(privilege, securable);
        }
    }

    /**
     * Fails unless it may use the catalog and the schema that the object lies in.
     *
     * @throws AccessDenied naming the outermost privilege that lacks
     */
    public void requireUse(Actor actor, Securable securable) {
        lacking(actor, securable).ifPresent(s -> {
            throw AccessDenied.lacking(use(s), s);
        });
    }

    /** Fails unless it manages the object. */
    public void requireManage(Actor actor, Securable securable) {
        if (!manages(actor, securable)) {
            throw AccessDenied.lacking(Privilege.MANAGE, securable);
        }
    }

    /** Returns the outermost object around this one that it may not use. */
    private Optional<Securable> lacking(Actor actor, Securable securable) {
        Optional<Securable> parent = securable.parent();
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        Optional<Securable> outer = lacking(actor, parent.get());
        return outer.isPresent() ? outer : parent.filter(p -> !has(actor, use(p), p));
    }

    private static Privilege use(Securable securable) {
        return securable.type() == SecurableType.CATALOG ? Privilege.USE_CATALOG : Privilege.USE_SCHEMA;
    }
}
