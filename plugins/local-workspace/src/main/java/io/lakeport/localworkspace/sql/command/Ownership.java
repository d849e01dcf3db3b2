package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.ViewOwners;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;

/** Notes what a statement has created, renamed or dropped. */
final class Ownership {
    private final CommandContext context;

    Ownership(CommandContext context) {
        this.context = context;
    }

    /** Whoever created an object owns it; one that was there keeps its owner. */
    void created(Securable securable, boolean known) {
        if (!known && exists(securable)) {
            context.visible().governance().ifPresent(g -> g.created(securable, user()));
        }
    }

    void dropped(Securable securable) {
        if (!exists(securable)) {
            context.visible().governance().ifPresent(g -> g.dropped(securable));
        }
    }

    void createdFunction(Securable function, boolean known) {
        if (!known) {
            context.visible().governance().ifPresent(g -> g.created(function, user()));
        }
    }

    void droppedFunction(Securable function) {
        context.visible().governance().ifPresent(g -> g.dropped(function));
    }

    void renamed(Securable from, Securable to) {
        context.visible().governance().ifPresent(g -> g.renamed(from, to));
    }

    /** Keeps what a view reads, and its text, since its owner must be allowed to read that as long as it is there. */
    void defined(Securable view, ParserRuleContext query) {
        Interval text =
                Interval.of(query.getStart().getStartIndex(), query.getStop().getStopIndex());
        String definition = query.getStart().getInputStream().getText(text);
        Set<List<String>> reads = new LinkedHashSet<>(context.visible().reads());
        boolean personal = context.visible().isPersonal() || context.statement().dependsOnSession();
        String in = personal ? context.catalog() + "\t" + context.schema() : null;
        String namespace = Identifiers.backticked(List.of(context.catalog(), context.schema()));
        context.visible()
                .governance()
                .ifPresent(g -> g.securables()
                        .update(
                                view,
                                user(),
                                i -> i.withDetail(ViewOwners.READS, ViewOwners.text(reads))
                                        .withDetail(ViewOwners.DEFINITION, definition)
                                        .withDetail(ViewOwners.NAMESPACE, namespace)
                                        .withDetail(ViewOwners.PERSONAL, in)));
    }

    private String user() {
        return context.visible().user();
    }

    private boolean exists(Securable s) {
        return s.type() == SecurableType.TABLE
                ? context.metastore().find(s.name()).isPresent()
                : context.metastore().hasSchema(s.name().get(0), s.name().get(1));
    }
}
