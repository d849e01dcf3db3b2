package io.lakeport.core.doctor.warehouse;

import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import java.util.List;

/** What to do about warehouses. */
final class WarehouseFixes {
    private WarehouseFixes() {}

    private static String path(Visit visit) {
        return "/api/2.0/sql/warehouses/" + visit.tenant().defaultWarehouse();
    }

    static List<Fix> choose(Visit visit) {
        return List.of(
                Fix.manual(
                        "copy the id from the warehouse's 'Connection details' (the last part of the HTTP path) into"
                                + " 'warehouse_id'",
                        Who.HOST),
                Fix.manual("if the id is right, grant CAN USE on the warehouse", Who.WAREHOUSE_MANAGER));
    }

    static List<Fix> canUse(Visit visit) {
        return List.of(visit.noted(SignedIn.class)
                .filter(me -> me.name().isPresent())
                .map(me -> Fix.rest(
                        "PATCH",
                        "/api/2.0/permissions/warehouses/" + visit.tenant().defaultWarehouse(),
                        "{\"access_control_list\":[{\""
                                + (me.servicePrincipal() ? "service_principal_name" : "user_name") + "\":\""
                                + me.name().orElseThrow() + "\",\"permission_level\":\"CAN_USE\"}]}",
                        Who.WAREHOUSE_MANAGER))
                .orElseGet(() -> Fix.manual("grant CAN USE on the warehouse", Who.WAREHOUSE_MANAGER)));
    }

    static List<Fix> keepWarm(Visit visit) {
        return List.of(Fix.manual(
                "nothing has to be done; to keep it warm lengthen its auto-stop, or use a serverless warehouse",
                Who.WAREHOUSE_MANAGER));
    }

    static List<Fix> moreTime(Visit visit) {
        return List.of(Fix.manual(
                "run the doctor again now that the warehouse was asked to start, allow more time, or use a serverless"
                        + " warehouse",
                Who.HOST));
    }

    static List<Fix> scale(Visit visit) {
        return List.of(Fix.manual(
                "raise the warehouse's maximum number of clusters, or let the doctor run when less runs",
                Who.WAREHOUSE_MANAGER));
    }

    static List<Fix> startByHand(Visit visit) {
        return List.of(
                Fix.manual("mend what the result names: a quota, capacity, or the cloud's rights", Who.WORKSPACE_ADMIN),
                Fix.rest("POST", path(visit) + "/start", "", Who.WAREHOUSE_MANAGER));
    }

    static List<Fix> read(Visit visit) {
        return List.of(Fix.manual("read the result; it is the warehouse's own message", Who.HOST));
    }

    static List<Fix> defaults(Visit visit) {
        return List.of(Fix.manual(
                "correct 'catalog' and 'schema' of the tenant, or leave them out for the workspace's default",
                Who.HOST));
    }

    static List<Fix> allowLinks(Visit visit) {
        return List.of(Fix.manual(
                "allow results to be downloaded, or live with results of 25 MiB at most", Who.WORKSPACE_ADMIN));
    }

    static List<Fix> openStorage(Visit visit) {
        return List.of(
                Fix.manual("allow outbound HTTPS (TCP 443) to the storage host that the result names", Who.NETWORK));
    }

    static List<Fix> admitHere(Visit visit) {
        return List.of(Fix.manual(
                "let the network rules of the workspace's storage account or bucket admit this machine, and let proxies pass"
                        + " the host unchanged",
                "an owner of the workspace's storage"));
    }
}
