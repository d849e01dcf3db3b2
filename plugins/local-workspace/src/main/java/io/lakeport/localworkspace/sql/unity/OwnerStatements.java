package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ALTER … OWNER TO, and comments on what is not a table. */
final class OwnerStatements {
    private final SessionCatalog visible;
    private final Governance governance;
    private final Named named;

    OwnerStatements(CommandContext context, Governance governance) {
        this.visible = context.visible();
        this.governance = governance;
        this.named = new Named(context, governance);
    }

    /** Runs the statement if it is one of these; otherwise it may have been read in part. */
    Optional<Outcome> run(Words words) {
        if (words.take("ALTER")) {
            if (words.next("METASTORE") || !startsType(words)) {
                return Optional.empty();
            }
            Securable securable = named.of(Named.type(words), words.dotted());
            if (!words.take("OWNER TO") && !words.take("SET OWNER TO")) {
                return Optional.empty();
            }
            return Optional.of(give(securable, words));
        }
        if (words.take("COMMENT ON") && !words.next("TABLE") && !words.next("COLUMN") && startsType(words)) {
            return Optional.of(comment(named.of(Named.type(words), words.dotted()), words));
        }
        return Optional.empty();
    }

    private static boolean startsType(Words words) {
        for (SecurableType type : SecurableType.values()) {
            if (words.next(type.name().replace('_', ' '))) {
                return true;
            }
        }
        return words.next("DATABASE") || words.next("VIEW") || words.next("MATERIALIZED VIEW");
    }

    private Outcome give(Securable securable, Words words) {
        String owner = words.name();
        words.end();
        requireManaged(securable);
        Refusals.get(() -> governance.give(securable, owner, visible.user()));
        return new Outcome("ALTER", null);
    }

    private void requireManaged(Securable securable) {
        named.requireExisting(securable);
        if (!visible.sees(securable)) {
            visible.requireUse(securable);
        }
        visible.requireManage(securable);
    }

    private Outcome comment(Securable securable, Words words) {
        words.expect("IS");
        @Nullable String comment = words.take("NULL") ? null : words.text();
        words.end();
        requireManaged(securable);
        governance.securables().update(securable, visible.user(), i -> i.withComment(comment));
        return new Outcome("COMMENT", null);
    }
}
