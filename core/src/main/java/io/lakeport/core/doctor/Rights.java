package io.lakeport.core.doctor;

import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.grant.Fixes;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.KnownIds;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import java.util.ArrayList;
import java.util.List;

/** What gives a right to the one who is signed in, as the provisioning commands give it. */
public final class Rights {
    private Rights() {}

    /** Returns the name under which rights are granted to who is signed in, a placeholder when it is not known. */
    public static String me(Visit visit) {
        return visit.noted(SignedIn.class).flatMap(SignedIn::name).orElse("<application id of the service principal>");
    }

    /** Returns what grants a privilege to who is signed in. */
    public static List<Fix> grant(Visit visit, Privilege privilege, Securable securable) {
        return grant(me(visit), privilege, securable);
    }

    /** Returns what grants a privilege to somebody. */
    public static List<Fix> grant(String principal, Privilege privilege, Securable securable) {
        return fixes(new Right.Granted(Grant.of(principal, privilege, securable)), KnownIds.NONE);
    }

    /** Returns what gives a right: as a statement where there is one, else as calls. */
    public static List<Fix> fixes(Right right, KnownIds ids) {
        io.lakeport.core.grant.Fix known = Fixes.of(right, ids);
        List<Fix> fixes = new ArrayList<>();
        known.sql().forEach(statement -> fixes.add(Fix.sql(statement, known.whoWords())));
        if (fixes.isEmpty()) {
            known.calls()
                    .forEach(call -> fixes.add(
                            call.isComplete()
                                    ? Fix.rest(
                                            call.method(),
                                            call.path(),
                                            call.body().orElse(""),
                                            known.whoWords())
                                    : Fix.manual(call.toString(), known.whoWords())));
        }
        return fixes;
    }
}
