package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GRANT, REVOKE and SHOW GRANTS. */
final class GrantStatements {
    private final SessionCatalog visible;
    private final Governance governance;
    private final Named named;

    GrantStatements(CommandContext context, Governance governance) {
        this.visible = context.visible();
        this.governance = governance;
        this.named = new Named(context, governance);
    }

    Optional<Outcome> run(Words words) {
        if (words.take("GRANT")) {
            change(words, "TO");
            return Optional.of(new Outcome("GRANT", null));
        }
        if (words.take("REVOKE")) {
            change(words, "FROM");
            return Optional.of(new Outcome("REVOKE", null));
        }
        if (words.next("DENY")) {
            throw SqlErrors.of(
                    "UC_COMMAND_NOT_SUPPORTED.WITHOUT_RECOMMENDATION",
                    "0A000",
                    "The command(s): DENY are not supported in Unity Catalog.");
        }
        if (words.take("SHOW GRANTS") || words.take("SHOW GRANT")) {
            return Optional.of(new Outcome("SHOW", show(words).query()));
        }
        return Optional.empty();
    }

    private void change(Words words, String preposition) {
        List<String> privileges = new ArrayList<>();
        do {
            privileges.add(words.until(",", "ON", "TO", "FROM"));
        } while (words.take(","));
        // Roles, which other databases have, would go without ON.
        words.expect("ON");
        Securable securable = named.read(words);
        words.expect(preposition);
        String principal = words.name();
        words.end();
        named.requireExisting(securable);
        visible.requireManage(securable);
        Set<Privilege> set = privileges(privileges, securable);
        Refusals.of(() -> {
            if (preposition.equals("TO")) {
                governance.grant(securable, principal, set, visible.user());
            } else {
                governance.revoke(securable, principal, set);
            }
        });
    }

    private static Set<Privilege> privileges(List<String> names, Securable securable) {
        Set<Privilege> all = EnumSet.noneOf(Privilege.class);
        for (String name : names) {
            try {
                all.addAll(Privilege.parse(name, securable.type()));
            } catch (IllegalArgumentException e) {
                throw SqlErrors.of(
                        "PARSE_SYNTAX_ERROR",
                        "42601",
                        "Syntax error at or near '" + name + "': it is no privilege of Unity Catalog.");
            }
        }
        return all;
    }

    private Listing show(Words words) {
        @Nullable String principal = words.next("ON") ? null : words.name();
        words.expect("ON");
        Securable securable = named.read(words);
        words.end();
        named.requireExisting(securable);
        if (!visible.sees(securable)) {
            visible.requireUse(securable);
            visible.requireManage(securable);
        }
        Listing listing = new Listing().strings("Principal", "ActionType", "ObjectType", "ObjectKey");
        Optional<Securable> at = Optional.of(securable);
        while (at.isPresent()) {
            rows(listing, at.get(), securable, principal);
            at = at.get().parent();
        }
        return listing;
    }

    /** Those who do not manage the object are shown what they were granted themselves. */
    private void rows(Listing listing, Securable at, Securable asked, @Nullable String principal) {
        boolean all = governance.access().manages(visible.actor(), at);
        for (Map.Entry<String, Set<Privilege>> e : governance.grants().of(at).entrySet()) {
            boolean mine = visible.actor().identities().contains(e.getKey());
            if ((all || mine) && (principal == null || principal.equals(e.getKey()))) {
                e.getValue().stream()
                        .filter(p -> at.equals(asked) || p.appliesTo(asked.type()))
                        .forEach(p -> listing.row(List.of(
                                e.getKey(),
                                p.sqlName(),
                                at.type().name().replace('_', ' '),
                                at.equals(Securable.METASTORE) ? "" : at.fullName())));
            }
        }
    }
}
