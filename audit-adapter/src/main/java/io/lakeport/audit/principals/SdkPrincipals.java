package io.lakeport.audit.principals;

import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.principal.Entitlement;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalControl;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/** The principals that one workspace shows. */
public final class SdkPrincipals implements PrincipalControl {
    private final Scim scim;

    /** Creates them over a client. */
    public SdkPrincipals(SdkRest rest) {
        this.scim = new Scim(rest, "/api/2.0/preview/scim/v2/");
    }

    @Override
    public Principal me(Deadline deadline) {
        return scim.me(deadline);
    }

    @Override
    public Optional<Principal> find(PrincipalName name, Deadline deadline) {
        return scim.find(name, deadline);
    }

    @Override
    public List<Principal> servicePrincipals(String displayName, Deadline deadline) {
        return scim.servicePrincipals(displayName, deadline);
    }

    @Override
    public Principal createServicePrincipal(String displayName, Optional<String> applicationId, Deadline deadline) {
        return scim.createServicePrincipal(displayName, applicationId, deadline);
    }

    @Override
    public void entitle(Principal principal, Entitlement entitlement, Deadline deadline) {
        scim.add(principal, "entitlements", entitlement.scim(), deadline);
    }
}
