package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.ExternalStorage;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validates storage credentials. No cloud is asked: a check passes when the kind of credential is the one that reaches
 * such a URL, and fails otherwise, as it would in the cloud.
 */
final class CredentialCheck {
    private static final Map<String, List<String>> SCHEMES = Map.of(
            "aws_iam_role", List.of("s3", "s3a"),
            "azure_managed_identity", List.of("abfss", "abfs", "wasbs"),
            "azure_service_principal", List.of("abfss", "abfs", "wasbs"),
            "databricks_gcp_service_account", List.of("gs"),
            "cloudflare_api_token", List.of("r2"));

    private final Unity unity;

    CredentialCheck(Unity unity) {
        this.unity = unity;
    }

    /** What is checked: a kind of credential against a URL. */
    private record Subject(String kind, @Nullable String url, boolean readOnly) {}

    void answer(Call call) throws IOException {
        JsonNode body = call.body();
        Optional<SecurableInfo> location = location(call, body);
        Optional<String> url =
                Json.text(body, "url").or(() -> location.map(l -> String.valueOf(l.detail(ExternalStorage.URL))));
        if (url.isEmpty()) {
            throw GovernanceException.invalid("Either url or external_location_name is required.");
        }
        String plain = url.get().replaceAll("/+$", "");
        Subject subject = new Subject(
                kind(call, body, location), plain, body.path("read_only").asBoolean());
        call.answer(report(subject));
    }

    private Optional<SecurableInfo> location(Call call, JsonNode body) {
        Optional<Securable> named = Json.text(body, "external_location_name").map(ExternalStorage::location);
        named.ifPresent(l -> unity.requireVisible(call, l, Privilege.BROWSE));
        return named.map(l -> unity.governance().securables().get(l));
    }

    private String kind(Call call, JsonNode body, Optional<SecurableInfo> location) {
        Optional<String> inline = CredentialRoutes.kind(body);
        if (inline.isPresent()) {
            unity.access().require(call.actor(), Privilege.CREATE_STORAGE_CREDENTIAL, Securable.METASTORE);
            return inline.get();
        }
        String name = Json.text(body, "storage_credential_name")
                .or(() -> location.map(l -> String.valueOf(l.detail(ExternalStorage.CREDENTIAL))))
                .orElseThrow(() -> GovernanceException.invalid(
                        "Either storage_credential_name or an inline credential is required."));
        Securable credential = ExternalStorage.credential(name);
        unity.requireExisting(credential);
        unity.access().require(call.actor(), Privilege.CREATE_EXTERNAL_LOCATION, credential);
        return String.valueOf(unity.governance().securables().get(credential).detail(ExternalStorage.KIND));
    }

    private static ObjectNode report(Subject subject) {
        String url = String.valueOf(subject.url());
        String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "";
        boolean fits = SCHEMES.getOrDefault(subject.kind(), List.of()).contains(scheme);
        ObjectNode answer = Json.object().put("isDir", fits);
        ArrayNode results = answer.putArray("results");
        for (String operation : List.of("READ", "LIST", "WRITE", "DELETE", "PATH_EXISTS")) {
            boolean writes = operation.equals("WRITE") || operation.equals("DELETE");
            String result = writes && subject.readOnly() ? "SKIP" : fits ? "PASS" : "FAIL";
            ObjectNode node = results.addObject().put("operation", operation).put("result", result);
            if (result.equals("FAIL")) {
                node.put(
                        "message",
                        "A credential of the kind " + subject.kind() + " cannot reach '" + url
                                + "'. Use a credential of" + " the cloud that the url is of.");
            }
        }
        if (scheme.equals("abfss")) {
            results.addObject()
                    .put("operation", "HIERARCHICAL_NAMESPACE_ENABLED")
                    .put("result", "PASS");
        }
        return answer;
    }
}
