package io.lakeport.localworkspace.rest.unity;

import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.http.Router;
import java.time.Clock;

/** All routes of Unity Catalog's REST API. */
public final class UnityRoutes {
    private final Unity unity;
    private final Clock clock;
    private final ExternalStores stores;

    /** Creates the routes. */
    public UnityRoutes(Governance governance, Engine engine, TokenService tokens, Clock clock, ExternalStores stores) {
        this.unity = new Unity(governance, engine, tokens);
        this.clock = clock;
        this.stores = stores;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        new CatalogRoutes(unity).addTo(router);
        new TableRoutes(unity).addTo(router);
        new VolumeRoutes(unity).addTo(router);
        new GrantRoutes(unity).addTo(router);
        new CredentialRoutes(unity).addTo(router);
        new LocationRoutes(unity).addTo(router);
        new MetastoreRoutes(unity).addTo(router);
        new TemporaryCredentialRoutes(unity, clock, stores).addTo(router);
        new BindingRoutes(unity).addTo(router);
        new ConstraintRoutes(unity).addTo(router);
    }
}
