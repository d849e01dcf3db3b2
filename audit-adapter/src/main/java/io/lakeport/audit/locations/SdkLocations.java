package io.lakeport.audit.locations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.LocationCheck;
import io.lakeport.core.location.LocationControl;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.location.StorageCredential;
import io.lakeport.core.location.StorageIdentity;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Storage credentials and external locations of one workspace's metastore (Unity Catalog API 2.1). */
public final class SdkLocations implements LocationControl {
    private static final String CREDENTIALS = "/api/2.1/unity-catalog/storage-credentials";
    private static final String LOCATIONS = "/api/2.1/unity-catalog/external-locations";
    private static final List<String> KINDS = List.of(
            "aws_iam_role",
            "azure_service_principal",
            "azure_managed_identity",
            "databricks_gcp_service_account",
            "cloudflare_api_token");

    private final SdkRest rest;

    /** Creates them over a client. */
    public SdkLocations(SdkRest rest) {
        this.rest = rest;
    }

    @Override
    public List<StorageCredential> credentials(Deadline deadline) {
        return rest
                .list(
                        "rest.credentials",
                        "listing the storage credentials",
                        RestPath.of(CREDENTIALS),
                        "storage_credentials",
                        deadline)
                .stream()
                .map(SdkLocations::credential)
                .sorted(Comparator.comparing(StorageCredential::name))
                .toList();
    }

    @Override
    public Optional<StorageCredential> credential(String name, Deadline deadline) {
        return found(() -> credential(rest.get(
                "rest.credential",
                "looking at storage credential '" + name + "'",
                RestPath.of(CREDENTIALS + "/{}", name),
                deadline)));
    }

    private static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static StorageCredential credential(JsonNode info) {
        String kind = KINDS.stream().filter(info::hasNonNull).findFirst().orElse("unknown");
        JsonNode identity = info.path(kind);
        Optional<String> trust = SdkRest.text(identity, "external_id")
                .map(id -> "external id " + id
                        + SdkRest.text(identity, "unity_catalog_iam_arn")
                                .map(arn -> ", principal " + arn)
                                .orElse(""));
        return new StorageCredential(
                info.path("name").asText(),
                kind,
                SdkRest.text(identity, "role_arn")
                        .or(() -> SdkRest.text(identity, "application_id"))
                        .or(() -> SdkRest.text(identity, "access_connector_id")),
                trust,
                info.path("read_only").asBoolean(),
                SdkRest.text(info, "owner"));
    }

    @Override
    public StorageCredential createCredential(
            String name, StorageIdentity identity, boolean readOnly, Deadline deadline) {
        ObjectNode body =
                SdkRest.object().put("name", name).put("read_only", readOnly).put("skip_validation", true);
        ObjectNode member = body.putObject(identity.member());
        if (identity instanceof StorageIdentity.AwsRole role) {
            member.put("role_arn", role.arn());
        } else if (identity instanceof StorageIdentity.AzureServicePrincipal azure) {
            member.put("directory_id", azure.directoryId())
                    .put("application_id", azure.applicationId())
                    .put("client_secret", SdkRest.PLACEHOLDER);
        } else if (identity instanceof StorageIdentity.AzureManagedIdentity managed) {
            member.put("access_connector_id", managed.accessConnectorId());
        }
        String action = "creating storage credential '" + name + "'";
        RestPath path = RestPath.of(CREDENTIALS);
        return credential(
                identity instanceof StorageIdentity.AzureServicePrincipal azure
                        ? rest.createWith("rest.credential.create", action, path, body, azure.clientSecret(), deadline)
                        : rest.create("rest.credential.create", action, path, body, deadline));
    }

    @Override
    public List<ExternalLocation> locations(Deadline deadline) {
        return rest
                .list(
                        "rest.locations",
                        "listing the external locations",
                        RestPath.of(LOCATIONS),
                        "external_locations",
                        deadline)
                .stream()
                .map(SdkLocations::location)
                .sorted(Comparator.comparing(ExternalLocation::name))
                .toList();
    }

    @Override
    public Optional<ExternalLocation> location(String name, Deadline deadline) {
        return found(() -> location(rest.get(
                "rest.location",
                "looking at external location '" + name + "'",
                RestPath.of(LOCATIONS + "/{}", name),
                deadline)));
    }

    private static ExternalLocation location(JsonNode info) {
        return new ExternalLocation(
                info.path("name").asText(),
                LocationUrl.parse(info.path("url").asText()),
                info.path("credential_name").asText(),
                info.path("read_only").asBoolean(),
                SdkRest.text(info, "owner"));
    }

    @Override
    public ExternalLocation createLocation(ExternalLocation location, Deadline deadline) {
        ObjectNode body = SdkRest.object()
                .put("name", location.name())
                .put("url", location.url().toString())
                .put("credential_name", location.credential())
                .put("read_only", location.readOnly())
                .put("skip_validation", true);
        return location(rest.create(
                "rest.location.create",
                "creating external location '" + location.name() + "'",
                RestPath.of(LOCATIONS),
                body,
                deadline));
    }

    @Override
    public List<LocationCheck> validate(String credential, LocationUrl url, boolean readOnly, Deadline deadline) {
        ObjectNode body = SdkRest.object()
                .put("storage_credential_name", credential)
                .put("url", url.toString())
                .put("read_only", readOnly);
        JsonNode answer = rest.create(
                "rest.credential.validate",
                "validating storage credential '" + credential + "' at " + url,
                RestPath.of("/api/2.1/unity-catalog/validate-storage-credentials"),
                body,
                deadline);
        List<LocationCheck> checks = new ArrayList<>();
        answer.path("results")
                .forEach(result -> checks.add(new LocationCheck(
                        result.path("operation").asText(),
                        result.path("result").asText(),
                        SdkRest.text(result, "message"))));
        return checks;
    }
}
