package io.lakeport.core.grant.plan;

import io.lakeport.core.account.AccountPlane;
import io.lakeport.core.catalog.SystemSchema;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.Membership;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalKind;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out whether a right is there: by itself, through a group, through ownership, or from what an object lies in. */
final class HeldRights {
    /** What owning an object gives on the object itself and not on what lies in it. */
    private static final Set<Privilege> NOT_BY_OWNING_AROUND = Set.of(Privilege.SELECT, Privilege.MODIFY);

    private final PlanPorts ports;
    private final Holdings holdings;
    private final Principal me;
    private final PrincipalName grantee;
    private final Deadline deadline;

    HeldRights(PlanPorts ports, Holdings holdings, Principal me, PrincipalName grantee, Deadline deadline) {
        this.grantee = grantee;
        this.ports = ports;
        this.holdings = holdings;
        this.me = me;
        this.deadline = deadline;
    }

    boolean has(Right right) {
        if (right instanceof Right.Granted granted) {
            return hasGrant(granted.grant());
        }
        if (right instanceof Right.Permitted permitted) {
            return hasPermission(permitted.permission());
        }
        if (right instanceof Right.Entitled entitled) {
            return hasEntitlement(entitled.principal(), entitled.entitlement());
        }
        if (right instanceof Right.Assigned assigned) {
            return principal(assigned.principal()).isPresent();
        }
        if (right instanceof Right.InGroup in) {
            return isIn(in.group(), in.member());
        }
        if (right instanceof Right.GroupExists group) {
            PrincipalName name = PrincipalName.group(group.group());
            return holdings.inAccount(name).isPresent()
                    || holdings.inWorkspace(name).isPresent();
        }
        if (right instanceof Right.SchemaEnabled schema) {
            return isEnabled(schema.schema());
        }
        // A service principal that was found by its name is no longer one to be created.
        return false;
    }

    private Optional<Principal> principal(PrincipalName name) {
        return me.name().equals(name) ? Optional.of(me) : holdings.inWorkspace(name);
    }

    /** Returns the names under which somebody holds something. */
    Set<String> identities(PrincipalName name) {
        Set<String> identities = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        identities.add(name.name());
        identities.add(Principal.ACCOUNT_USERS);
        principal(name).ifPresent(principal -> identities.addAll(principal.identities()));
        if (name.kind() == PrincipalKind.GROUP) {
            // Its members are in the workspace, and so in the group of all of its users.
            identities.add("users");
        }
        return identities;
    }

    private boolean hasGrant(Grant needed) {
        if (isForAll(needed.securable())) {
            return true;
        }
        Set<String> identities = identities(grantee);
        boolean granted = holdings.effective(needed.securable()).stream()
                .filter(grant -> identities.contains(grant.principal()))
                .anyMatch(grant -> grant.privilege().includes(needed.privilege()));
        return granted || owns(needed, identities);
    }

    /** The samples can be read by everybody, without a grant that could be seen or given. */
    private static boolean isForAll(Securable securable) {
        return !securable.name().isEmpty() && securable.name().get(0).equalsIgnoreCase("samples");
    }

    private boolean owns(Grant needed, Set<String> identities) {
        boolean around = needed.securable().type() == SecurableType.CATALOG
                || needed.securable().type() == SecurableType.SCHEMA;
        if (needed.securable().isHive() || around && NOT_BY_OWNING_AROUND.contains(needed.privilege())) {
            return false;
        }
        return holdings.owner(needed.securable()).filter(identities::contains).isPresent();
    }

    private boolean hasPermission(ObjectRight needed) {
        Set<String> identities = identities(needed.principal());
        return holdings.permissions(needed.object(), needed.id()).stream()
                .filter(right -> identities.contains(right.principal().name()))
                .anyMatch(right -> needed.object().includes(right.level(), needed.level()));
    }

    private boolean hasEntitlement(PrincipalName name, Entitlement entitlement) {
        if (principal(name).isEmpty()) {
            return false;
        }
        Principal principal = principal(name).get();
        if (principal.entitlements().contains(entitlement.scim())) {
            return true;
        }
        Set<String> groups = new TreeSet<>();
        principal.groups().stream().map(Membership::group).forEach(groups::add);
        groups.add("users");
        return groups.stream()
                .filter(group -> !group.equals(name.name()))
                .map(PrincipalName::group)
                .flatMap(group -> holdings.inWorkspace(group).stream())
                .anyMatch(group -> group.entitlements().contains(entitlement.scim()));
    }

    private boolean isIn(String group, PrincipalName member) {
        if (principal(member).filter(known -> known.isIn(group)).isPresent()) {
            return true;
        }
        Optional<Principal> known = holdings.inAccount(member);
        Optional<Principal> target = holdings.inAccount(PrincipalName.group(group));
        Optional<AccountPlane> account = ports.account();
        return known.isPresent()
                && target.isPresent()
                && account.isPresent()
                && account.get().isMember(target.get(), known.get(), deadline);
    }

    private boolean isEnabled(String schema) {
        return holdings.systemSchemas().stream()
                .filter(known -> known.name().equalsIgnoreCase(schema))
                .anyMatch(SystemSchema::isEnabled);
    }

    /** Returns why it could not be found out whether a right is there. */
    Optional<String> unknown(Right right) {
        if (right instanceof Right.Granted granted) {
            return holdings.obstacle(granted.grant().securable().toString());
        }
        if (right instanceof Right.Permitted permitted) {
            return holdings.obstacle(permitted.permission().object().words() + " "
                    + permitted.permission().id());
        }
        if (right instanceof Right.SchemaEnabled) {
            return holdings.obstacle("system schemas");
        }
        return right instanceof Right.Assigned assigned
                ? holdings.obstacle(assigned.principal().toString())
                : Optional.empty();
    }
}
