package io.lakeport.audit.oauthsecret;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.service.iam.ListServicePrincipalResponse;
import com.databricks.sdk.service.iam.ListServicePrincipalsRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.databricks.sdk.service.iam.ServicePrincipalsAPI;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretRequest;
import com.databricks.sdk.service.oauth2.CreateServicePrincipalSecretResponse;
import com.databricks.sdk.service.oauth2.ListServicePrincipalSecretsRequest;
import com.databricks.sdk.service.oauth2.ListServicePrincipalSecretsResponse;
import com.databricks.sdk.service.oauth2.SecretInfo;
import com.databricks.sdk.service.oauth2.ServicePrincipalSecretsProxyAPI;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.IssuedSecret;
import io.lakeport.core.oauthsecret.NewSecret;
import io.lakeport.core.oauthsecret.OAuthSecretError;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OAuth secrets by the workspace's own road, {@code /api/2.0/accounts/servicePrincipals/{id}/credentials/secrets}, which
 * takes an administrator of the workspace; the account's takes one of the account and another host.
 */
public final class SdkOAuthSecrets implements OAuthSecrets {
    private static final String ACTIVE = "ACTIVE";

    private final SdkClient client;

    /** Creates them over a client, which stays the caller's. */
    public SdkOAuthSecrets(SdkClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    private static ServicePrincipalSecretsProxyAPI secrets(ApiClient api) {
        return new ServicePrincipalSecretsProxyAPI(api);
    }

    @Override
    public String principalId(String applicationId, Deadline deadline) {
        String id = requireUuid(applicationId);
        ListServicePrincipalsRequest request =
                new ListServicePrincipalsRequest().setFilter("applicationId eq \"" + id + "\"");
        ListServicePrincipalResponse found = client.call(
                "rest.principals",
                "looking for service principal '" + id + "'",
                deadline,
                api -> new ServicePrincipalsAPI(api).impl().list(request));
        Collection<ServicePrincipal> principals = found.getResources() == null ? List.of() : found.getResources();
        return principals.stream()
                .map(ServicePrincipal::getId)
                .findFirst()
                .orElseThrow(() -> new LakeportException(
                        CoreError.OBJECT_NOT_FOUND,
                        "the workspace shows no service principal with application id '" + id
                                + "'; an admin must add it to the workspace, and who asks must be an admin there"));
    }

    /** It goes into a filter: whatever is no UUID could change what is asked for. */
    private static String requireUuid(String applicationId) {
        try {
            return UUID.fromString(applicationId).toString();
        } catch (IllegalArgumentException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "'" + applicationId + "' is no application id of a service principal, which is a UUID",
                    e);
        }
    }

    @Override
    public List<IssuedSecret> list(String principalId, Deadline deadline) {
        List<IssuedSecret> all = new ArrayList<>();
        String page = null;
        do {
            ListServicePrincipalSecretsResponse answer = page(principalId, page, deadline);
            if (answer.getSecrets() != null) {
                answer.getSecrets().forEach(secret -> all.add(issued(secret)));
            }
            page = answer.getNextPageToken();
        } while (page != null && !page.isEmpty());
        all.sort(Comparator.comparing(IssuedSecret::created));
        return List.copyOf(all);
    }

    private ListServicePrincipalSecretsResponse page(String principalId, @Nullable String token, Deadline deadline) {
        ListServicePrincipalSecretsRequest request =
                new ListServicePrincipalSecretsRequest().setServicePrincipalId(principalId);
        if (token != null) {
            request.setPageToken(token);
        }
        return client.call(
                "rest.secrets",
                "listing the OAuth secrets of service principal " + principalId,
                deadline,
                api -> secrets(api).impl().list(request));
    }

    private static IssuedSecret issued(SecretInfo info) {
        return new IssuedSecret(
                Objects.requireNonNullElse(info.getId(), ""),
                time(info.getCreateTime()).orElse(Instant.EPOCH),
                time(info.getExpireTime()),
                ACTIVE.equals(info.getStatus()));
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public NewSecret create(String principalId, Duration lifetime, Deadline deadline) {
        CreateServicePrincipalSecretRequest request = new CreateServicePrincipalSecretRequest()
                .setServicePrincipalId(principalId)
                .setLifetime(OAuthSecrets.requireLifetime(lifetime).toSeconds() + "s");
        SdkClient.Withheld<CreateServicePrincipalSecretResponse> created;
        try {
            created = client.callOnce(
                    "rest.secret.create",
                    "creating an OAuth secret of service principal " + principalId,
                    "secret",
                    deadline,
                    api -> secrets(api).create(request));
        } catch (LakeportException e) {
            throw definite(e) ? e : unknown(principalId, e);
        }
        Secret value = created.secret().orElseThrow(() -> unknown(principalId, null));
        CreateServicePrincipalSecretResponse answer = created.answer();
        return new NewSecret(
                new IssuedSecret(
                        Objects.requireNonNullElse(answer.getId(), ""),
                        time(answer.getCreateTime()).orElse(Instant.EPOCH),
                        time(answer.getExpireTime()),
                        true),
                value);
    }

    /** Whether nothing was created for sure: the service said no, or was never asked. */
    private static boolean definite(LakeportException e) {
        return switch (e.category()) {
            case INVALID_REQUEST, UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, CONFLICT, NOT_SUPPORTED ->
                !e.is(CoreError.NOT_A_DATABRICKS_HOST);
            case RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }

    private static LakeportException unknown(String principalId, @Nullable LakeportException cause) {
        return new LakeportException(
                OAuthSecretError.CREATION_UNKNOWN,
                "it is not known whether service principal " + principalId + " has one OAuth secret more: "
                        + (cause == null ? "the answer held no secret" : cause.getMessage())
                        + "; a secret whose value was lost can only be deleted",
                cause);
    }

    @Override
    public boolean delete(String principalId, String secretId, Deadline deadline) {
        try {
            client.call(
                    "rest.secret.delete",
                    "deleting OAuth secret " + secretId + " of service principal " + principalId,
                    deadline,
                    api -> {
                        secrets(api).delete(principalId, secretId);
                        return secretId;
                    });
            return true;
        } catch (LakeportException e) {
            if (e.is(CoreError.OBJECT_NOT_FOUND)) {
                return false;
            }
            throw e;
        }
    }
}
