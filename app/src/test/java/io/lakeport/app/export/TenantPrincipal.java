package io.lakeport.app.export;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service principal of its own for the tenant, which the workspace's owner can take away and give back. */
final class TenantPrincipal implements AutoCloseable {
    private static final String SCIM = "/api/2.0/preview/scim/v2/ServicePrincipals";
    private static final int WHILE_MILLIS = 150;

    private final WorkspaceFaults owner;
    private final String warehouse;
    private final String id;
    private final String clientId;
    private final String clientSecret;
    private final AtomicBoolean inactive = new AtomicBoolean();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    TenantPrincipal(WorkspaceFaults owner, String warehouse, String catalog) {
        this.owner = owner;
        this.warehouse = warehouse;
        String created = owner.send("POST", SCIM, "{\"displayName\":\"exporter\",\"active\":true}");
        this.id = member(created, "id");
        this.clientId = member(created, "applicationId");
        this.clientSecret = member(
                owner.send("POST", "/api/2.0/accounts/servicePrincipals/" + id + "/credentials/secrets", "{}"),
                "secret");
        String grant = "GRANT ALL PRIVILEGES ON CATALOG " + catalog + " TO `" + clientId + "`";
        String answer = owner.send(
                "POST",
                "/api/2.0/sql/statements",
                "{\"warehouse_id\":\"" + warehouse + "\",\"wait_timeout\":\"30s\",\"statement\":\"" + grant + "\"}");
        if (!answer.contains("SUCCEEDED")) {
            throw new IllegalStateException("the tenant's principal got no rights: " + answer);
        }
    }

    private static String member(String json, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!member.find()) {
            throw new IllegalStateException("no " + name + " in the workspace's answer");
        }
        return member.group(1);
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    void stopWarehouse() {
        owner.send("POST", "/api/2.0/sql/warehouses/" + warehouse + "/stop", "{}");
    }

    void deactivateForAWhile() {
        inactive.set(true);
        setActive(false);
        later.schedule(this::reactivate, WHILE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Gives it back, if it was taken away. */
    synchronized void reactivate() {
        if (inactive.get()) {
            setActive(true);
            inactive.set(false);
        }
    }

    private void setActive(boolean active) {
        owner.send(
                "PUT",
                SCIM + "/" + id,
                "{\"displayName\":\"exporter\",\"applicationId\":\"" + clientId + "\",\"active\":" + active + "}");
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
