import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.StatementResponse;

/**
 * The official SDK against a local workspace, signed in by OAuth M2M. Nothing of Lakeport is used here.
 *
 * <pre>
 *   ./lakeport workspace start            # prints URL, client id, secret and warehouse id
 *   java -cp 'app/target/dist/lib/*' docs/samples/SdkSample.java URL CLIENT_ID CLIENT_SECRET WAREHOUSE_ID
 * </pre>
 */
public final class SdkSample {
    public static void main(String[] args) {
        WorkspaceClient workspace = new WorkspaceClient(new DatabricksConfig()
                .setHost(args[0])
                .setAuthType("oauth-m2m")
                .setClientId(args[1])
                .setClientSecret(args[2]));
        System.out.println("signed in " + workspace.currentUser().me(new com.databricks.sdk.service.iam.MeRequest()).getUserName());
        workspace.warehouses()
                .list(new com.databricks.sdk.service.sql.ListWarehousesRequest())
                .forEach(warehouse -> System.out.println("warehouse " + warehouse.getName() + " " + warehouse.getState()));
        StatementResponse answer = workspace.statementExecution()
                .executeStatement(new ExecuteStatementRequest()
                        .setWarehouseId(args[3])
                        .setStatement("SELECT count(*) AS n, sum(id) AS total FROM range(1000)")
                        .setWaitTimeout("30s"));
        System.out.println("state     " + answer.getStatus().getState());
        System.out.println("row       " + answer.getResult().getDataArray().iterator().next());
        workspace.queryHistory()
                .list(new ListQueryHistoryRequest().setMaxResults(3L))
                .getRes()
                .forEach(query -> System.out.println("history   " + query.getStatus() + " " + query.getQueryText()));
        try {
            workspace.warehouses().get("0000000000000000");
        } catch (com.databricks.sdk.core.error.platform.NotFound e) {
            System.out.println("not found " + e.getErrorCode());
        }
    }
}
