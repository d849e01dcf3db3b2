package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.ExternalStorage;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Storage credentials, and whether they reach a place. */
final class CredentialRoutes {
    private static final String CREDENTIALS = Unity.API + "/storage-credentials";

    /** Fields that hold the identity, with the field of each that must be there. */
    static final Map<String, String> KINDS = Map.of(
            "aws_iam_role", "role_arn",
            "azure_managed_identity", "access_connector_id",
            "azure_service_principal", "application_id",
            "databricks_gcp_service_account", "",
            "cloudflare_api_token", "access_key_id");

    private static final Set<String> SECRETS = Set.of("client_secret", "secret_access_key");

    private final Unity unity;

    CredentialRoutes(Unity unity) {
        this.unity = unity;
    }

    void addTo(Router router) {
        router.add("GET", CREDENTIALS, unity.call(this::list));
        router.add("POST", CREDENTIALS, unity.call(this::create));
        router.add("GET", CREDENTIALS + "/{name}", unity.call(this::get));
        router.add("PATCH", CREDENTIALS + "/{name}", unity.call(this::update));
        router.add("DELETE", CREDENTIALS + "/{name}", unity.call(this::delete));
        router.add(
                "POST",
                Unity.API + "/validate-storage-credentials",
                unity.call(c -> new CredentialCheck(unity).answer(c)));
    }

    private void list(Call call) throws IOException {
        List<ObjectNode> all = unity.governance().storage().credentials().stream()
                .filter(i -> unity.sees(call, i.securable()))
                .map(CredentialRoutes::body)
                .toList();
        call.answerPage("storage_credentials", all);
    }

    /** Returns the field that holds the identity. */
    static Optional<String> kind(JsonNode body) {
        return KINDS.keySet().stream().filter(body::hasNonNull).findFirst();
    }

    private void create(Call call) throws IOException {
        JsonNode body = call.body();
        String name = Call.required(body, "name");
        unity.access().require(call.actor(), Privilege.CREATE_STORAGE_CREDENTIAL, Securable.METASTORE);
        String kind = kind(body)
                .orElseThrow(() -> GovernanceException.invalid(
                        "One of aws_iam_role, azure_managed_identity, azure_service_principal,"
                                + " databricks_gcp_service_account and cloudflare_api_token is required."));
        SecurableInfo info = unity.governance()
                .storage()
                .createCredential(
                        name,
                        call.user(),
                        kind,
                        identity(kind, body.get(kind)),
                        body.path("read_only").asBoolean());
        if (body.hasNonNull("comment")) {
            info = unity.governance()
                    .securables()
                    .update(
                            info.securable(),
                            call.user(),
                            i -> i.withComment(body.get("comment").asText()));
        }
        call.answer(body(info));
    }

    /** Returns the identity without secrets, which are not kept: nothing here could use them. */
    private static String identity(String kind, JsonNode said) {
        String field = KINDS.getOrDefault(kind, "");
        if (!field.isEmpty()) {
            String value = Call.required(said, field);
            if (kind.equals("aws_iam_role") && !value.matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
                throw GovernanceException.invalid("Invalid IAM role ARN: '" + value + "'");
            }
        }
        ObjectNode kept = Json.object();
        said.properties().stream()
                .filter(e -> !SECRETS.contains(e.getKey()))
                .forEach(e -> kept.set(e.getKey(), e.getValue()));
        return kept.toString();
    }

    private Securable existing(Call call) {
        Securable credential =
                Unity.named(SecurableType.STORAGE_CREDENTIAL, call.path().get("name"));
        unity.requireExisting(credential);
        return credential;
    }

    private void get(Call call) throws IOException {
        Securable credential = existing(call);
        unity.requireVisible(call, credential, Privilege.CREATE_EXTERNAL_LOCATION);
        call.answer(body(unity.governance().securables().get(credential)));
    }

    private void update(Call call) throws IOException {
        Securable credential = existing(call);
        JsonNode body = call.body();
        Bodies.update(unity.governance(), call, credential, body);
        kind(body).ifPresent(kind -> {
            String identity = identity(kind, body.get(kind));
            unity.governance()
                    .securables()
                    .update(
                            credential,
                            call.user(),
                            i -> i.withDetail(ExternalStorage.KIND, kind)
                                    .withDetail(ExternalStorage.IDENTITY, identity));
        });
        if (body.hasNonNull("read_only")) {
            String readOnly = body.get("read_only").asText();
            unity.governance()
                    .securables()
                    .update(credential, call.user(), i -> i.withDetail(ExternalStorage.READ_ONLY, readOnly));
        }
        Securable to = ExternalStorage.credential(Json.text(body, "new_name").orElse(credential.lastName()));
        if (!to.equals(credential)) {
            unity.governance().storage().rename(credential, to);
        }
        call.answer(body(unity.governance().securables().get(to)));
    }

    private void delete(Call call) throws IOException {
        Securable credential = existing(call);
        unity.access().requireManage(call.actor(), credential);
        unity.governance().storage().drop(credential, call.flag("force"));
        call.answerEmpty();
    }

    static ObjectNode body(SecurableInfo info) {
        String kind = String.valueOf(info.detail(ExternalStorage.KIND));
        ObjectNode body = Bodies.of(info)
                .put("id", info.id())
                .put("read_only", "true".equals(info.detail(ExternalStorage.READ_ONLY)))
                .put("used_for_managed_storage", false)
                .put("isolation_mode", "ISOLATION_MODE_OPEN");
        ObjectNode identity = body.putObject(kind);
        try {
            Json.parse(String.valueOf(info.detail(ExternalStorage.IDENTITY)))
                    .properties()
                    .forEach(e -> identity.set(e.getKey(), e.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException("The workspace's state of " + info.securable() + " is no JSON.", e);
        }
        switch (kind) {
            case "aws_iam_role" ->
                identity.put("external_id", Metastores.ID)
                        .put("unity_catalog_iam_arn", "arn:aws:iam::414351767826:role/unity-catalog-prod-UCMasterRole");
            case "azure_managed_identity" -> identity.put("credential_id", info.id());
            case "databricks_gcp_service_account" ->
                identity.put("credential_id", info.id())
                        .put("email", "db-uc-storage-" + info.id().substring(0, 8) + "@uc.iam.gserviceaccount.com");
            default -> {
                // The others have nothing that the service adds.
            }
        }
        return body;
    }
}
