package io.lakeport.audit.workspace;

import com.databricks.sdk.service.iam.CurrentUserAPI;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.User;
import com.databricks.sdk.service.workspace.ObjectInfo;
import com.databricks.sdk.service.workspace.WorkspaceAPI;
import io.lakeport.audit.catalog.SdkCatalog;
import io.lakeport.audit.grants.SdkGrants;
import io.lakeport.audit.locations.SdkLocations;
import io.lakeport.audit.oauthsecret.SdkOAuthSecrets;
import io.lakeport.audit.principals.SdkPrincipals;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.audit.warehouses.SdkWarehouses;
import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.grant.GrantControl;
import io.lakeport.core.location.LocationControl;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.principal.PrincipalControl;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.workspace.ControlPlane;
import io.lakeport.core.workspace.ResultLinks;
import io.lakeport.core.workspace.WorkspaceRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The control plane of one tenant. */
final class SdkControlPlane implements ControlPlane {
    private static final String UNKNOWN = "UNKNOWN";

    private final SdkClient client;
    private final WarehouseControl warehouses;
    private final SdkRest rest;
    private final OAuthSecrets secrets;

    SdkControlPlane(SdkClient client) {
        this.client = client;
        this.warehouses = new SdkWarehouses(client);
        this.rest = new SdkRest(client);
        this.secrets = new SdkOAuthSecrets(client);
    }

    @Override
    public String objectType(String path, Deadline deadline) {
        ObjectInfo info = client.call(
                "rest.status", "looking at '" + path + "'", deadline, api -> new WorkspaceAPI(api).getStatus(path));
        return text(info.getObjectType());
    }

    @Override
    public WarehouseControl warehouses() {
        return warehouses;
    }

    @Override
    public OAuthSecrets secrets() {
        return secrets;
    }

    @Override
    public String principal(Deadline deadline) {
        User me = client.call(
                "rest.me",
                "asking for the signed-in principal",
                deadline,
                api -> new CurrentUserAPI(api).me(new MeRequest()));
        return Optional.ofNullable(me.getDisplayName())
                .or(() -> Optional.ofNullable(me.getUserName()))
                .or(() -> Optional.ofNullable(me.getId()))
                .orElse(UNKNOWN);
    }

    @Override
    public PrincipalControl principals() {
        return new SdkPrincipals(rest);
    }

    @Override
    public GrantControl grants() {
        return new SdkGrants(rest);
    }

    @Override
    public CatalogControl catalog() {
        return new SdkCatalog(rest);
    }

    @Override
    public LocationControl locations() {
        return new SdkLocations(rest);
    }

    @Override
    public WorkspaceRules rules() {
        return new SdkRules(rest);
    }

    @Override
    public ResultLinks results() {
        return new SdkResultLinks(rest);
    }

    private static String text(@Nullable Object value) {
        return value == null ? UNKNOWN : value.toString();
    }

    /** Does nothing: connections are shared and end by themselves. */
    @Override
    public void close() {}
}
