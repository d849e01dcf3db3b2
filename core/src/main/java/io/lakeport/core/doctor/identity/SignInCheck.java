package io.lakeport.core.doctor.identity;

import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/** Whether the workspace takes the token: assignment, address, revocation. */
final class SignInCheck implements Check {
    static final String NAME = "sign-in";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of(TokenCheck.NAME);
    }

    @Override
    public String tried(Visit visit) {
        return "GET " + visit.tenant().host().resolve("/api/2.0/preview/scim/v2/Me");
    }

    @Override
    public String reference(Visit visit) {
        return Docs.page("admin/users-groups/service-principals");
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        SignedIn signedIn;
        try {
            signedIn = visit.patient().signIn().apply(deadline);
        } catch (LakeportException e) {
            return SignInFailures.of(e);
        }
        visit.note(SignedIn.class, signedIn);
        noteId(visit, signedIn, deadline);
        Optional<String> name = signedIn.name();
        if (name.isEmpty()) {
            return Outcome.passed("accepted; the token's scopes do not let the identity be asked for");
        }
        String who = "signed in as " + name.get();
        boolean personal = "pat".equals(visit.tenant().identity().method());
        if (personal
                && !signedIn.servicePrincipal()
                && !visit.tenant().identity().perUser()) {
            return Outcome.warned(IdentityCause.PERSONAL_TOKEN_OF_A_PERSON, who + ", a person");
        }
        return Outcome.passed(who + (signedIn.servicePrincipal() ? ", a service principal" : ", a person"));
    }

    /** The number in the directory is what calls of an admin need; without it fixes are told in words. */
    private static void noteId(Visit visit, SignedIn signedIn, Deadline deadline) {
        if (signedIn.name().isEmpty()) {
            return;
        }
        try {
            Principal me = visit.patient().controlPlane().get().principals().me(deadline);
            visit.note(ScimIdentity.class, new ScimIdentity(me.id(), me.name().name(), signedIn.servicePrincipal()));
        } catch (LakeportException e) {
            // Only to word fixes better: what fails here fails in the next check, and is told there.
            return;
        }
    }
}
