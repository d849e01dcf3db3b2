package io.lakeport.localworkspace.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests are audited, and under which service and action. The names are those of Databricks' audit log
 * reference; requests that only read are not recorded, except those that hand out something secret.
 */
final class AuditRules {
    private static final String RULES = """
            POST /oidc/v1/token accounts oidcTokenAuthorization
            POST /api/*/sql/warehouses databrickssql createWarehouse
            POST /api/*/sql/warehouses/{id}/edit databrickssql editWarehouse
            DELETE /api/*/sql/warehouses/{id} databrickssql deleteWarehouse
            POST /api/*/sql/warehouses/{id}/start databrickssql startWarehouse
            POST /api/*/sql/warehouses/{id}/stop databrickssql stopWarehouse
            PUT /api/*/sql/config/warehouses databrickssql setWarehouseConfig
            PUT /api/*/permissions/warehouses/{warehouseId} databrickssql changeWarehouseAcls
            PATCH /api/*/permissions/warehouses/{warehouseId} databrickssql changeWarehouseAcls
            PUT /api/*/permissions/jobs/{resourceId} jobs changeJobAcl
            PATCH /api/*/permissions/jobs/{resourceId} jobs changeJobAcl
            PUT /api/*/permissions/clusters/{resourceId} clusters changeClusterAcl
            PATCH /api/*/permissions/clusters/{resourceId} clusters changeClusterAcl
            POST /api/*/sql/queries databrickssql createQuery
            PATCH /api/*/sql/queries/{queryId} databrickssql updateQuery
            DELETE /api/*/sql/queries/{queryId} databrickssql moveQueryToTrash
            POST /api/*/token/create accounts generateDbToken
            POST /api/*/token/delete accounts revokeDbToken
            POST /api/*/secrets/scopes/create secrets createScope
            POST /api/*/secrets/scopes/delete secrets deleteScope
            POST /api/*/secrets/put secrets putSecret
            POST /api/*/secrets/delete secrets deleteSecret
            GET /api/*/secrets/get secrets getSecret
            POST /api/*/secrets/acls/put secrets putAcl
            POST /api/*/secrets/acls/delete secrets deleteAcl
            POST /api/*/preview/scim/v2/Users accounts add
            PUT /api/*/preview/scim/v2/Users/{id} accounts updateUser
            PATCH /api/*/preview/scim/v2/Users/{id} accounts updateUser
            DELETE /api/*/preview/scim/v2/Users/{id} accounts delete
            POST /api/*/preview/scim/v2/ServicePrincipals accounts add
            PUT /api/*/preview/scim/v2/ServicePrincipals/{id} accounts updateUser
            PATCH /api/*/preview/scim/v2/ServicePrincipals/{id} accounts updateUser
            DELETE /api/*/preview/scim/v2/ServicePrincipals/{id} accounts delete
            POST /api/*/preview/scim/v2/Groups accounts createGroup
            PUT /api/*/preview/scim/v2/Groups/{id} accounts updateGroup
            PATCH /api/*/preview/scim/v2/Groups/{id} accounts updateGroup
            DELETE /api/*/preview/scim/v2/Groups/{id} accounts removeGroup
            POST /api/*/accounts/servicePrincipals/{id}/credentials/secrets servicePrincipalCredentials create
            DELETE /api/*/accounts/servicePrincipals/{id}/credentials/secrets/{secretId} servicePrincipalCredentials delete
            POST /api/*/accounts/{account}/servicePrincipals/{id}/credentials/secrets servicePrincipalCredentials create
            DELETE /api/*/accounts/{account}/servicePrincipals/{id}/credentials/secrets/{secretId} servicePrincipalCredentials delete
            POST /api/*/accounts/{account}/oauth2/custom-app-integrations oauth2 createCustomAppIntegration
            DELETE /api/*/accounts/{account}/oauth2/custom-app-integrations/{id} oauth2 deleteCustomAppIntegration
            POST /api/*/ip-access-lists accounts createIpAccessList
            PATCH /api/*/ip-access-lists/{id} accounts updateIpAccessList
            PUT /api/*/ip-access-lists/{id} accounts updateIpAccessList
            DELETE /api/*/ip-access-lists/{id} accounts deleteIpAccessList
            PATCH /api/*/unity-catalog/permissions/{securable_type}/{securable_full_name} unityCatalog updatePermissions
            POST /api/*/unity-catalog/catalogs unityCatalog createCatalog
            PATCH /api/*/unity-catalog/catalogs/{name} unityCatalog updateCatalog
            DELETE /api/*/unity-catalog/catalogs/{name} unityCatalog deleteCatalog
            POST /api/*/unity-catalog/schemas unityCatalog createSchema
            PATCH /api/*/unity-catalog/schemas/{full_name} unityCatalog updateSchema
            DELETE /api/*/unity-catalog/schemas/{full_name} unityCatalog deleteSchema
            POST /api/*/unity-catalog/volumes unityCatalog createVolume
            DELETE /api/*/unity-catalog/volumes/{full_name} unityCatalog deleteVolume
            DELETE /api/*/unity-catalog/tables/{full_name} unityCatalog deleteTable
            POST /api/*/unity-catalog/storage-credentials unityCatalog createStorageCredential
            DELETE /api/*/unity-catalog/storage-credentials/{name} unityCatalog deleteStorageCredential
            POST /api/*/unity-catalog/external-locations unityCatalog createExternalLocation
            DELETE /api/*/unity-catalog/external-locations/{name} unityCatalog deleteExternalLocation
            PUT /api/*/unity-catalog/metastores/{metastore_id}/systemschemas/{schema_name} unityCatalog enableSystemSchema
            DELETE /api/*/unity-catalog/metastores/{metastore_id}/systemschemas/{schema_name} unityCatalog disableSystemSchema
            POST /api/*/unity-catalog/temporary-table-credentials unityCatalog generateTemporaryTableCredential
            POST /api/*/unity-catalog/temporary-path-credentials unityCatalog generateTemporaryPathCredential
            POST /api/*/unity-catalog/temporary-volume-credentials unityCatalog generateTemporaryVolumeCredential
            POST /api/*/jobs/create jobs create
            POST /api/*/jobs/update jobs update
            POST /api/*/jobs/reset jobs reset
            POST /api/*/jobs/delete jobs delete
            POST /api/*/jobs/run-now jobs runNow
            POST /api/*/jobs/runs/submit jobs submitRun
            POST /api/*/jobs/runs/cancel jobs cancel
            POST /api/*/jobs/runs/cancel-all jobs cancelAllRuns
            POST /api/*/jobs/runs/delete jobs deleteRun
            POST /api/*/jobs/runs/repair jobs repairRun
            POST /api/*/clusters/create clusters create
            POST /api/*/clusters/start clusters start
            POST /api/*/clusters/restart clusters restart
            POST /api/*/clusters/resize clusters resize
            POST /api/*/clusters/edit clusters edit
            POST /api/*/clusters/delete clusters delete
            POST /api/*/clusters/permanent-delete clusters permanentDelete
            PUT /api/2.0/fs/files/** filesystem filesPut
            GET /api/2.0/fs/files/** filesystem filesGet
            DELETE /api/2.0/fs/files/** filesystem filesDelete
            """;

    private final Map<String, List<Rule>> byMethod = new HashMap<>();

    AuditRules() {
        RULES.lines()
                .map(line -> line.split(" "))
                .forEach(words -> byMethod.computeIfAbsent(words[0], method -> new ArrayList<>())
                        .add(new Rule(words[1].split("/"), words[2], words[3])));
    }

    /** A request that is audited, and what its path says. */
    record Match(String service, String action, Map<String, String> parameters) {}

    private record Rule(String[] pattern, String service, String action) {
        Optional<Match> match(String[] path) {
            int fixed = pattern.length;
            boolean open = pattern[fixed - 1].equals("**");
            fixed -= open ? 1 : 0;
            if (open ? path.length < fixed : path.length != fixed) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < fixed; i++) {
                if (pattern[i].startsWith("{")) {
                    values.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
                } else if (!pattern[i].equals("*") && !pattern[i].equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Match(service, action, values));
        }
    }

    /** Returns how a request is audited, empty when it is not. */
    Optional<Match> find(String method, String path) {
        String[] segments = path.replaceAll("/+$", "").split("/+");
        for (Rule rule : byMethod.getOrDefault(method, List.of())) {
            Optional<Match> match = rule.match(segments);
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }
}
