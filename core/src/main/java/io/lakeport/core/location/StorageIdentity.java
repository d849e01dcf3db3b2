package io.lakeport.core.location;

import io.lakeport.core.secret.Secret;
import java.util.Objects;
import java.util.regex.Pattern;

/** As whom Unity Catalog reaches cloud storage. */
public sealed interface StorageIdentity {
    /** Returns the member of the API's bodies that holds it. */
    String member();

    /** Returns who it is, as the API tells of it: a role's ARN, an application id, an access connector; no secret. */
    String shown();

    /**
     * A role of AWS.
     *
     * @param arn for example {@code arn:aws:iam::123456789012:role/lake}
     */
    record AwsRole(String arn) implements StorageIdentity {
        private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}");

        public AwsRole {
            if (!ARN.matcher(arn).matches()) {
                throw new IllegalArgumentException(
                        "'" + arn + "' is no ARN of an IAM role; expected arn:aws:iam::<account>:role/<name>");
            }
        }

        @Override
        public String member() {
            return "aws_iam_role";
        }

        @Override
        public String shown() {
            return arn;
        }
    }

    /**
     * An application of Microsoft Entra with a secret.
     *
     * @param directoryId id of the Entra tenant
     * @param applicationId id of the application
     * @param clientSecret its secret
     */
    record AzureServicePrincipal(String directoryId, String applicationId, Secret clientSecret)
            implements StorageIdentity {
        public AzureServicePrincipal {
            uuid("directory (tenant) id", directoryId);
            uuid("application (client) id", applicationId);
            Objects.requireNonNull(clientSecret, "clientSecret");
        }

        @Override
        public String member() {
            return "azure_service_principal";
        }

        @Override
        public String shown() {
            return applicationId;
        }
    }

    /**
     * The managed identity of an access connector.
     *
     * @param accessConnectorId resource id, {@code /subscriptions/…/accessConnectors/<name>}
     */
    record AzureManagedIdentity(String accessConnectorId) implements StorageIdentity {
        private static final Pattern ID = Pattern.compile(
                "(?i)/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Databricks/accessConnectors/[^/]+");

        public AzureManagedIdentity {
            if (!ID.matcher(accessConnectorId).matches()) {
                throw new IllegalArgumentException("'" + accessConnectorId
                        + "' is no access connector; expected /subscriptions/<id>/resourceGroups/"
                        + "<group>/providers/Microsoft.Databricks/accessConnectors/<name>");
            }
        }

        @Override
        public String member() {
            return "azure_managed_identity";
        }

        @Override
        public String shown() {
            return accessConnectorId;
        }
    }

    private static void uuid(String what, String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw new IllegalArgumentException("the " + what + " '" + text + "' is not a UUID");
        }
    }
}
