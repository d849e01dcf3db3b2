package io.lakeport.core.doctor;

import static java.util.Map.entry;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.Map;
import java.util.Optional;

/** What each error means in each step, and who can do what about it. Data, so that a support engineer can read it. */
final class Remedies {
    private static final String DOCS = "https://docs.databricks.com/en/";
    private static final String SERVICE_PRINCIPALS = DOCS + "admin/users-groups/service-principals.html";
    private static final String PRIVILEGES = DOCS + "data-governance/unity-catalog/privileges/index.html";
    private static final String HOST_OPERATOR = "whoever runs this host";
    private static final String WORKSPACE_ADMIN = "a workspace admin";

    /**
     * What to do.
     *
     * @param cause what it means
     * @param fix what to do
     * @param who can do it
     * @param reference page for it, empty for the step's own
     */
    record Remedy(String cause, String fix, String who, Optional<String> reference) {
        static Remedy of(String cause, String fix, String who) {
            return new Remedy(cause, fix, who, Optional.empty());
        }

        Remedy see(String page) {
            return new Remedy(cause, fix, who, Optional.of(page));
        }

        String advice() {
            return fix + " (can be done by " + who + ")";
        }
    }

    private static final Map<String, Remedy> ANY_STEP = Map.ofEntries(
            on(
                    CoreError.INVALID_CONFIGURATION,
                    Remedy.of(
                            "a setting of this tenant is missing or malformed",
                            "correct the setting that the message names",
                            HOST_OPERATOR)),
            on(
                    CoreError.WRONG_CLIENT_ID,
                    Remedy.of(
                                    "the client id is not that of a service principal of this workspace's account",
                                    "copy 'Application ID' from the service principal's page into 'client_id'; on Azure"
                                            + " not the object id",
                                    "a workspace admin can read it")
                            .see(SERVICE_PRINCIPALS)),
            on(
                    CoreError.WRONG_SECRET,
                    Remedy.of(
                            "the OAuth secret does not belong to this client id, or is no longer valid",
                            "generate a new OAuth secret on the service principal's 'Secrets' tab and set"
                                    + " 'client_secret'",
                            "an account admin, or a manager of the service principal")),
            on(
                    CoreError.EXPIRED_SECRET,
                    Remedy.of(
                            "the OAuth secret has reached its end date (at most 730 days); this is not the access"
                                    + " token, which ends every hour and is renewed by itself",
                            "generate a new OAuth secret, set 'client_secret', and note its end date",
                            "an account admin, or a manager of the service principal")),
            on(
                    CoreError.TOKEN_REJECTED,
                    Remedy.of(
                            "the workspace does not accept the token: it was revoked, has expired, belongs to another"
                                    + " workspace, or its owner was removed",
                            "check that the host is the workspace that issued the credential, then issue a new one",
                            WORKSPACE_ADMIN)),
            on(
                    CoreError.NOT_A_DATABRICKS_HOST,
                    Remedy.of(
                            "what answered is not a Databricks workspace: the URL is wrong, or a proxy answers for it",
                            "set 'host' to the workspace URL as the browser shows it, for example"
                                    + " https://dbc-a1b2.cloud.databricks.com or"
                                    + " https://adb-1234567890123456.7.azuredatabricks.net",
                            HOST_OPERATOR)),
            on(
                    CoreError.HOST_UNREACHABLE,
                    Remedy.of(
                            "the workspace cannot be reached over the network from this machine",
                            "check the name in DNS, allow outbound HTTPS (TCP 443) to the workspace, and with Private"
                                    + " Link use its private DNS zone",
                            HOST_OPERATOR + " with its network team")),
            on(
                    CoreError.RATE_LIMITED,
                    Remedy.of(
                            "the workspace limits how often it may be asked",
                            "wait, then try again; look for another program that uses the same identity",
                            HOST_OPERATOR)),
            on(
                    CoreError.SERVICE_UNAVAILABLE,
                    Remedy.of(
                            "the workspace answers that it cannot serve now",
                            "try again in some minutes; see https://status.databricks.com",
                            "nobody but Databricks")),
            on(
                    CoreError.DEADLINE_EXCEEDED,
                    Remedy.of(
                            "no answer came before the deadline",
                            "allow more time; if it repeats, look for a firewall or proxy that holds connections",
                            HOST_OPERATOR)));

    private static final Map<String, Remedy> REST = Map.ofEntries(
            on(
                    CoreError.ACCESS_DENIED,
                    Remedy.of(
                                    "the identity is known and lacks access to the workspace, or this machine's address"
                                            + " is not on the IP access list",
                                    "assign the service principal to the workspace with the entitlement 'Workspace"
                                            + " access', and add this machine's egress address to the IP access list",
                                    WORKSPACE_ADMIN)
                            .see(SERVICE_PRINCIPALS)),
            on(
                    CoreError.OBJECT_NOT_FOUND,
                    Remedy.of(
                            "the workspace API does not exist at this host",
                            "set 'host' to a workspace URL, not to the account console",
                            HOST_OPERATOR)));

    private static final Map<String, Remedy> SQL = Map.ofEntries(
            on(
                    CoreError.ACCESS_DENIED,
                    Remedy.of(
                                    "the identity may not use this warehouse",
                                    "grant CAN USE on the SQL warehouse and the entitlement 'Databricks SQL access'",
                                    WORKSPACE_ADMIN + ", or a manager of the warehouse")
                            .see(PRIVILEGES)),
            on(
                    CoreError.OBJECT_NOT_FOUND,
                    Remedy.of(
                            "there is no warehouse of this id, or this identity may not see it",
                            "copy the id from the warehouse's 'Connection details' (the last part of the HTTP path),"
                                    + " and grant CAN USE on it",
                            WORKSPACE_ADMIN + ", or a manager of the warehouse")),
            on(
                    CoreError.WAREHOUSE_UNAVAILABLE,
                    Remedy.of(
                            "the warehouse does not run and did not start",
                            "start it on its page and read the reason that it gives (capacity, quota, deleted)",
                            "a manager of the warehouse")),
            on(
                    CoreError.DEADLINE_EXCEEDED,
                    Remedy.of(
                            "the statement did not end before the deadline; a stopped classic or pro warehouse needs"
                                    + " minutes to start",
                            "try again now that the warehouse was asked to start, allow more time, or use a serverless"
                                    + " warehouse",
                            HOST_OPERATOR)),
            on(
                    CoreError.STATEMENT_FAILED,
                    Remedy.of(
                            "the warehouse refused the statement; its own words are in the result",
                            "check that the tenant's default catalog and schema exist and can be used by this identity",
                            WORKSPACE_ADMIN)));

    private static final Remedy UNKNOWN = Remedy.of(
            "this error is not one the doctor knows",
            "read the result; if it does not help, send this report to support",
            HOST_OPERATOR);

    private Remedies() {}

    private static Map.Entry<String, Remedy> on(CoreError code, Remedy remedy) {
        return entry(code.name(), remedy);
    }

    static Remedy of(Step step, LakeportException failure) {
        String code = failure.code().name();
        Map<String, Remedy> ofStep = switch (step) {
            case TOKEN -> Map.of();
            case REST -> REST;
            case SQL -> SQL;
        };
        Remedy general = ANY_STEP.getOrDefault(code, step == Step.TOKEN ? REST.getOrDefault(code, UNKNOWN) : UNKNOWN);
        return ofStep.getOrDefault(code, general);
    }
}
