package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.AwsIamRoleRequest;
import com.databricks.sdk.service.catalog.CreateExternalLocation;
import com.databricks.sdk.service.catalog.CreateStorageCredential;
import com.databricks.sdk.service.catalog.CreateVolumeRequestContent;
import com.databricks.sdk.service.catalog.DisableRequest;
import com.databricks.sdk.service.catalog.EnableRequest;
import com.databricks.sdk.service.catalog.GenerateTemporaryTableCredentialRequest;
import com.databricks.sdk.service.catalog.GenerateTemporaryTableCredentialResponse;
import com.databricks.sdk.service.catalog.ListStorageCredentialsRequest;
import com.databricks.sdk.service.catalog.Privilege;
import com.databricks.sdk.service.catalog.SystemSchemaInfo;
import com.databricks.sdk.service.catalog.TableOperation;
import com.databricks.sdk.service.catalog.ValidateStorageCredential;
import com.databricks.sdk.service.catalog.ValidationResult;
import com.databricks.sdk.service.catalog.VolumeInfo;
import com.databricks.sdk.service.catalog.VolumeType;
import io.lakeport.localworkspace.conformance.Proves;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Volumes, external storage and system schemas of Unity Catalog through the official SDK's own classes. */
@Proves(value = "Unity Catalog", client = "Java SDK 0.141.0")
class UnityStorageSdkTest extends UnitySdk {
    @Test
    void volumes_managedAndExternal_followTheirRules() {
        String name = catalog();
        CreateVolumeRequestContent managed = new CreateVolumeRequestContent()
                .setCatalogName(name)
                .setSchemaName("s")
                .setName("files")
                .setVolumeType(VolumeType.MANAGED);
        VolumeInfo volume = admin.volumes().create(managed);
        assertThat(volume.getStorageLocation()).startsWith("s3://");
        assertThat(admin.volumes().read(name + ".s.files").getVolumeId()).isEqualTo(volume.getVolumeId());
        assertThatThrownBy(() -> admin.volumes().create(managed)).hasMessageContaining("already exists");
        assertThatThrownBy(() -> admin.volumes()
                        .create(new CreateVolumeRequestContent()
                                .setCatalogName(name)
                                .setSchemaName("s")
                                .setName("outside")
                                .setVolumeType(VolumeType.EXTERNAL)
                                .setStorageLocation("s3://nowhere/x")))
                .hasMessageContaining("No parent external location was found for path 's3://nowhere/x'");
        assertThatThrownBy(() -> other.volumes().read(name + ".s.files")).isInstanceOf(PermissionDenied.class);
        admin.volumes().delete(name + ".s.files");
        assertThatThrownBy(() -> admin.volumes().read(name + ".s.files")).isInstanceOf(NotFound.class);
    }

    @Test
    @Tag("AA-21")
    void storage_credentialAndLocation_areCheckedAndValidated() {
        String name = "store" + NAMES.incrementAndGet();
        admin.storageCredentials()
                .create(new CreateStorageCredential()
                        .setName(name)
                        .setAwsIamRole(new AwsIamRoleRequest().setRoleArn("arn:aws:iam::123456789012:role/lake")));
        assertThat(admin.storageCredentials().get(name).getAwsIamRole().getExternalId())
                .isNotEmpty();
        admin.externalLocations()
                .create(new CreateExternalLocation()
                        .setName(name)
                        .setUrl("s3://" + name + "/data/")
                        .setCredentialName(name));
        assertThatThrownBy(() -> admin.externalLocations()
                        .create(new CreateExternalLocation()
                                .setName(name + "2")
                                .setUrl("s3://" + name + "/data/inner")
                                .setCredentialName(name)))
                .hasMessageContaining("overlaps with an existing external location");
        assertThat(validate(name, "s3://" + name + "/data")).containsOnly("PASS");
        assertThat(validate(name, "abfss://c@a.dfs.core.windows.net/x")).contains("FAIL");
        assertThatThrownBy(() -> admin.storageCredentials().delete(name)).hasMessageContaining("dependent");
        assertThatThrownBy(() -> other.externalLocations().get(name)).isInstanceOf(PermissionDenied.class);
        grant("external_location", name, Privilege.CREATE_EXTERNAL_TABLE, Privilege.WRITE_FILES);
        assertThat(other.externalLocations().get(name).getUrl()).isEqualTo("s3://" + name + "/data");
        admin.externalLocations().delete(name);
        admin.storageCredentials().delete(name);
        assertThat(all(admin.storageCredentials().list(new ListStorageCredentialsRequest())))
                .extracting(c -> c.getName())
                .doesNotContain(name);
    }

    private static List<String> validate(String credential, String url) {
        return admin
                .storageCredentials()
                .validate(new ValidateStorageCredential()
                        .setStorageCredentialName(credential)
                        .setUrl(url))
                .getResults()
                .stream()
                .map(ValidationResult::getResult)
                .map(String::valueOf)
                .toList();
    }

    @Test
    @Tag("DF-19")
    void systemSchemas_disabled_areGoneUntilEnabled() {
        String metastore = admin.metastores().summary().getMetastoreId();
        assertThat(admin.metastores().current().getMetastoreId()).isEqualTo(metastore);
        assertThat(all(admin.systemSchemas().list(metastore)))
                .extracting(SystemSchemaInfo::getSchema)
                .contains("billing", "access", "information_schema");
        assertThatThrownBy(() -> other.systemSchemas()
                        .disable(new DisableRequest().setMetastoreId(metastore).setSchemaName("lakeflow")))
                .isInstanceOf(PermissionDenied.class);
        admin.systemSchemas()
                .disable(new DisableRequest().setMetastoreId(metastore).setSchemaName("lakeflow"));
        assertThat(state(metastore, "lakeflow")).isEqualTo("AVAILABLE");
        admin.systemSchemas()
                .enable(new EnableRequest().setMetastoreId(metastore).setSchemaName("lakeflow"));
        assertThat(state(metastore, "lakeflow")).isEqualTo("ENABLE_COMPLETED");
    }

    private static String state(String metastore, String schema) {
        return all(admin.systemSchemas().list(metastore)).stream()
                .filter(s -> s.getSchema().equals(schema))
                .map(s -> String.valueOf(s.getState()))
                .findFirst()
                .orElse("");
    }

    @Test
    void temporaryCredentials_withExternalUseSchema_areVendedForAnHour() {
        String name = catalog();
        String id = admin.tables().get(name + ".s.t").getTableId();
        GenerateTemporaryTableCredentialRequest request =
                new GenerateTemporaryTableCredentialRequest().setTableId(id).setOperation(TableOperation.READ);
        assertThatThrownBy(() -> admin.temporaryTableCredentials().generateTemporaryTableCredentials(request))
                .isInstanceOf(PermissionDenied.class)
                .hasMessage("User does not have EXTERNAL USE SCHEMA on Schema '" + name + ".s'.");
        run("GRANT EXTERNAL USE SCHEMA ON SCHEMA " + name + ".s TO `"
                + workspace.principal().applicationId() + "`");
        GenerateTemporaryTableCredentialResponse answer =
                admin.temporaryTableCredentials().generateTemporaryTableCredentials(request);
        assertThat(answer.getAwsTempCredentials().getAccessKeyId()).startsWith("ASIA");
        assertThat(Instant.ofEpochMilli(answer.getExpirationTime()))
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3700));
    }
}
