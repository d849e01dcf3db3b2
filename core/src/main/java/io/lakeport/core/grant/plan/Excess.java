package io.lakeport.core.grant.plan;

import io.lakeport.core.grant.Fixes;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.SecurableType;
import io.lakeport.core.principal.Principal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the principal holds beyond what it needs, among the objects that were looked at. What everybody holds is the
 * business of whoever gave it to everybody.
 */
final class Excess {
    private static final Set<String> EVERYBODY = Set.of(Principal.ACCOUNT_USERS, "users");

    private final AccessRequest request;
    private final List<Need> needs;
    private final Holdings holdings;
    private final HeldRights held;

    Excess(AccessRequest request, List<Need> needs, Holdings holdings, HeldRights held) {
        this.request = request;
        this.needs = needs;
        this.holdings = holdings;
        this.held = held;
    }

    List<Advice> advice() {
        List<Advice> advice = new ArrayList<>();
        request.sources().stream()
                .filter(source -> source.type() == SecurableType.CATALOG)
                .forEach(source -> advice.add(new Advice(
                        "SELECT on " + source + " reads every schema that it has or will have; name the schemas that"
                                + " are needed instead",
                        Optional.empty())));
        Set<String> identities = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        identities.addAll(held.identities(request.principal()));
        identities.addAll(held.identities(request.grantee()));
        identities.removeIf(name -> EVERYBODY.contains(name.toLowerCase(Locale.ROOT)));
        needed().forEach(securable -> holdings.effective(securable).stream()
                .filter(grant -> grant.inheritedFrom().isEmpty() && identities.contains(grant.principal()))
                .filter(grant -> !isNeeded(grant))
                .forEach(grant -> advice.add(beyond(grant))));
        permissions(identities)
                .forEach(right -> advice.add(new Advice(
                        right + " is more than is needed: " + neededLevel(right) + "; replace it with that",
                        Optional.empty())));
        return advice;
    }

    /** The objects on which something is needed, each once. */
    private Set<Securable> needed() {
        Set<Securable> securables = new LinkedHashSet<>();
        for (Need need : needs) {
            if (need.right() instanceof Right.Granted granted
                    && !granted.grant().securable().isHive()) {
                securables.add(granted.grant().securable());
            }
        }
        return securables;
    }

    private boolean isNeeded(Grant grant) {
        boolean same = needs.stream()
                .map(Need::right)
                .anyMatch(right -> right instanceof Right.Granted granted
                        && granted.grant().securable().sameAs(grant.securable())
                        && granted.grant().privilege().equals(grant.privilege()));
        boolean direct = request.group().isPresent()
                && grant.principal().equals(request.principal().name());
        return same && !direct || grant.privilege().equals(Privilege.BROWSE);
    }

    private Advice beyond(Grant grant) {
        boolean direct = request.group().isPresent()
                && grant.principal().equals(request.principal().name());
        boolean wide = grant.securable().type() == SecurableType.CATALOG;
        String why = direct
                ? "group '" + request.group().get() + "' is to hold the rights, not each of its members"
                : wide
                        ? "on a catalog it holds for every schema; grant it on the schemas that need it"
                        : "it is not needed";
        return new Advice(grant + " is beyond what was asked for: " + why, Optional.of(Fixes.revoke(grant)));
    }

    private List<ObjectRight> permissions(Set<String> identities) {
        List<ObjectRight> more = new ArrayList<>();
        for (Need need : needs) {
            if (need.right() instanceof Right.Permitted permitted) {
                ObjectRight asked = permitted.permission();
                holdings.permissions(asked.object(), asked.id()).stream()
                        .filter(right -> !right.inherited()
                                && identities.contains(right.principal().name()))
                        .filter(right ->
                                right.level() != asked.level() && asked.object().includes(right.level(), asked.level()))
                        .forEach(more::add);
            }
        }
        return more;
    }

    private String neededLevel(ObjectRight held) {
        return needs.stream()
                .map(Need::right)
                .filter(Right.Permitted.class::isInstance)
                .map(right -> ((Right.Permitted) right).permission())
                .filter(asked -> asked.object() == held.object() && asked.id().equals(held.id()))
                .map(asked -> asked.level().words())
                .findFirst()
                .orElse("nothing");
    }
}
