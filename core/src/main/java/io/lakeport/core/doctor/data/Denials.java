package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Refusal;
import io.lakeport.core.doctor.Rights;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import java.util.Locale;
import java.util.Optional;

/** What a refusal of Unity Catalog means, and what mends it. */
final class Denials {
    private Denials() {}

    static Outcome of(Visit visit, String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("not accessible in current workspace") || text.contains("not bound to")) {
            return Outcome.failed(DataCause.CATALOG_NOT_BOUND, said);
        }
        Optional<Refusal> refusal = Refusal.of(said);
        if (refusal.isEmpty()) {
            return Outcome.failed(DataCause.PRIVILEGE_MISSING, said);
        }
        Privilege privilege = refusal.get().privilege();
        Securable securable = refusal.get().securable();
        Optional<String> viewOwner = viewOwner(visit, securable);
        if (viewOwner.isPresent()) {
            return Outcome.failed(DataCause.VIEW_OWNER_LACKS_RIGHT, said + "; the view's owner is " + viewOwner.get())
                    .with(Rights.grant(viewOwner.get(), privilege, securable));
        }
        return Outcome.failed(cause(privilege), said).with(Rights.grant(visit, privilege, securable));
    }

    /** Who reads a view needs nothing on what lies below it: that is its owner's part. */
    private static Optional<String> viewOwner(Visit visit, Securable lacking) {
        Optional<Target.Seen> seen = visit.noted(Target.Seen.class).filter(Target.Seen::isView);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        Securable view = seen.get().presence().securable();
        boolean onTheWay = lacking.sameAs(view)
                || view.parent().filter(lacking::sameAs).isPresent()
                || view.parent()
                        .flatMap(Securable::parent)
                        .filter(lacking::sameAs)
                        .isPresent();
        return onTheWay ? Optional.empty() : seen.get().presence().owner();
    }

    private static DataCause cause(Privilege privilege) {
        if (privilege.equals(Privilege.USE_CATALOG)) {
            return DataCause.CATALOG_USE_MISSING;
        }
        if (privilege.equals(Privilege.USE_SCHEMA)) {
            return DataCause.SCHEMA_USE_MISSING;
        }
        if (privilege.equals(Privilege.SELECT)) {
            return DataCause.SELECT_MISSING;
        }
        return privilege.equals(Privilege.MODIFY) ? DataCause.MODIFY_MISSING : DataCause.PRIVILEGE_MISSING;
    }
}
