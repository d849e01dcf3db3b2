package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Membership;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SHOW USERS and SHOW GROUPS. */
final class PrincipalStatements {
    private final Membership membership;
    private final String user;

    PrincipalStatements(CommandContext context, Governance governance) {
        this.membership = governance.membership();
        this.user = context.visible().user();
    }

    Optional<Outcome> run(Words words) {
        if (words.take("SHOW USERS")) {
            @Nullable String pattern = pattern(words);
            Listing listing = new Listing().strings("name");
            membership.users().stream()
                    .filter(u -> Patterns.matches(pattern, u))
                    .sorted()
                    .forEach(u -> listing.row(Arrays.asList(u)));
            return Optional.of(new Outcome("SHOW", listing.query()));
        }
        return words.take("SHOW GROUPS") ? Optional.of(groups(words)) : Optional.empty();
    }

    private Outcome groups(Words words) {
        @Nullable String member = null;
        if (words.take("WITH USER") || words.take("WITH GROUP")) {
            member = words.name();
        }
        @Nullable String pattern = pattern(words);
        Set<String> around = membership.groupsOf(member == null ? user : member);
        Listing listing = new Listing().strings("name").column("directGroup", SqlType.BOOLEAN);
        Set<String> shown = member == null ? membership.groups() : around;
        shown.stream()
                .filter(g -> Patterns.matches(pattern, g))
                .sorted()
                .forEach(g -> listing.row(Arrays.asList(g, around.contains(g))));
        return new Outcome("SHOW", listing.query());
    }

    private static @Nullable String pattern(Words words) {
        String pattern = words.textAfter("LIKE").orElse(null);
        words.end();
        return pattern;
    }
}
