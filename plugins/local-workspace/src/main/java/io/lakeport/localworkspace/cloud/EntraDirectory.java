package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.auth.ForeignToken;
import io.lakeport.localworkspace.auth.JwtSigner;
import io.lakeport.localworkspace.http.Form;
import io.lakeport.localworkspace.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Microsoft Entra directory with applications. Codes and texts of refusals are Microsoft's ("Microsoft Entra
 * authentication and authorization error codes"). Thread-safe.
 */
public final class EntraDirectory {
    /** Id of the directory. */
    public static final String TENANT_ID = "b0000000-0000-4000-8000-00000000bbbb";

    /** Id that Azure Databricks has as a resource in every directory. */
    public static final String DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    /** Azure's management API. */
    public static final String MANAGEMENT = "https://management.core.windows.net/";

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFETIME = Duration.ofSeconds(3599);
    private static final Map<String, String> RESOURCES = Map.of(
            DATABRICKS,
            DATABRICKS,
            "https://management.core.windows.net",
            MANAGEMENT,
            "https://management.azure.com",
            MANAGEMENT);

    private final JwtSigner signer;
    private final Clock clock;
    private final Map<String, App> apps = new ConcurrentHashMap<>();

    EntraDirectory(JwtSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    private record Password(Secret text, Instant endsAt) {}

    /** An application with its service principal. */
    private record App(String clientId, String objectId, List<Password> passwords, List<JsonNode> keySets) {}

    /** Registers an application under an id. */
    public void addApp(String clientId) {
        apps.put(
                clientId,
                new App(
                        clientId,
                        UUID.randomUUID().toString(),
                        new CopyOnWriteArrayList<>(),
                        new CopyOnWriteArrayList<>()));
    }

    private App app(String clientId) {
        return Optional.ofNullable(apps.get(clientId))
                .orElseThrow(() -> new IllegalArgumentException("there is no application " + clientId));
    }

    /** Creates a client secret; a zero or negative lifetime has ended already. */
    public Secret addSecret(String clientId, Duration lifetime) {
        Secret text = Secret.of("abc8Q~" + UUID.randomUUID().toString().replace("-", ""));
        app(clientId).passwords().add(new Password(text, clock.instant().plus(lifetime)));
        return text;
    }

    /** Trusts a certificate, given as a JSON web key set with its public key. */
    public void addCertificate(String clientId, String keySet) {
        try {
            app(clientId).keySets().add(Json.parse(keySet));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a key set", e);
        }
    }

    ObjectNode token(String tenant, String endpoint, Form form) throws ProviderRefusal, JsonProcessingException {
        if (!tenant.equals(TENANT_ID)) {
            throw new ProviderRefusal(
                    400,
                    "invalid_request",
                    "AADSTS90002: Tenant '" + tenant + "' not found. Check to make sure you have the correct tenant ID"
                            + " and are signing into the correct cloud.");
        }
        if (!form.value("grant_type").orElse("").equals("client_credentials")) {
            throw new ProviderRefusal(
                    400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }
        String clientId = form.value("client_id").orElse("");
        App app = apps.get(clientId);
        if (app == null) {
            throw new ProviderRefusal(
                    400,
                    "unauthorized_client",
                    "AADSTS700016: Application with identifier '" + clientId + "' was not found in the directory '"
                            + TENANT_ID + "'.");
        }
        authenticate(app, endpoint, form);
        String resource = resource(form.value("scope").orElse(""));
        return Json.object()
                .put("token_type", "Bearer")
                .put("expires_in", LIFETIME.toSeconds())
                .put("ext_expires_in", LIFETIME.toSeconds())
                .put("access_token", accessToken(app.clientId(), app.objectId(), resource));
    }

    private static String resource(String scope) throws ProviderRefusal {
        if (!scope.endsWith("/.default")) {
            throw new ProviderRefusal(
                    400,
                    "invalid_scope",
                    "AADSTS1002012: The provided value for scope " + scope + " is not valid. Client credential flows"
                            + " must have a scope value with /.default suffixed to the resource identifier.");
        }
        String name = scope.substring(0, scope.length() - "/.default".length());
        String trimmed = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return known(trimmed)
                .orElseThrow(() -> new ProviderRefusal(
                        400,
                        "invalid_resource",
                        "AADSTS500011: The resource principal named " + trimmed + " was not found in the tenant named"
                                + " " + TENANT_ID + "."));
    }

    static Optional<String> known(String resource) {
        String trimmed = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
        return Optional.ofNullable(RESOURCES.get(trimmed));
    }

    private void authenticate(App app, String endpoint, Form form) throws ProviderRefusal {
        Optional<String> assertion = form.value("client_assertion");
        if (assertion.isPresent()) {
            if (!form.value("client_assertion_type").orElse("").equals(ASSERTION)) {
                throw invalid("AADSTS50013: The client_assertion_type is not supported.");
            }
            checkAssertion(app, endpoint, assertion.get());
            return;
        }
        Secret given = Secret.of(form.value("client_secret")
                .orElseThrow(
                        () -> invalid("AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is required.")));
        Password password = app.passwords().stream()
                .filter(known -> known.text().sameValueAs(given))
                .findFirst()
                .orElseThrow(() -> invalid("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent"
                        + " in the request is the client secret value, not the client secret ID, for a secret added to"
                        + " app '" + app.clientId() + "'."));
        if (!password.endsAt().isAfter(clock.instant())) {
            throw invalid("AADSTS7000222: The provided client secret keys for app '" + app.clientId()
                    + "' are expired. Visit the Azure portal to create new keys for your app.");
        }
    }

    private void checkAssertion(App app, String endpoint, String text) throws ProviderRefusal {
        ForeignToken token = ForeignToken.parse(text)
                .filter(parsed -> app.keySets().stream().anyMatch(parsed::isSignedBy))
                .orElseThrow(() -> invalid("AADSTS700027: The certificate with identifier used to sign the client"
                        + " assertion is not registered on application."));
        JsonNode claims = token.claims();
        long now = clock.instant().getEpochSecond();
        if (now >= claims.path("exp").asLong() || now + 300 < claims.path("nbf").asLong()) {
            throw invalid("AADSTS700024: Client assertion is not within its valid time range. Current time: "
                    + clock.instant() + ", assertion valid from "
                    + Instant.ofEpochSecond(claims.path("nbf").asLong())
                    + ", expiry time of assertion "
                    + Instant.ofEpochSecond(claims.path("exp").asLong()) + ".");
        }
        if (!claims.path("iss").asText().equals(app.clientId())
                || !claims.path("sub").asText().equals(app.clientId())) {
            throw invalid("AADSTS700021: Client assertion application identifier doesn't match 'client_id' parameter.");
        }
        if (!claims.path("aud").asText().equals(endpoint)) {
            throw invalid("AADSTS700023: Client assertion audience claim does not match Realm issuer.");
        }
    }

    private static ProviderRefusal invalid(String description) {
        return new ProviderRefusal(401, "invalid_client", description);
    }

    String accessToken(String appId, String objectId, String resource) throws JsonProcessingException {
        Instant now = clock.instant();
        return signer.signId(Json.object()
                .put("aud", resource)
                .put("iss", issuer())
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.plus(LIFETIME).getEpochSecond())
                .put("appid", appId)
                .put("idtyp", "app")
                .put("oid", objectId)
                .put("sub", objectId)
                .put("tid", TENANT_ID)
                .put("ver", "1.0"));
    }

    static String issuer() {
        return "https://sts.windows.net/" + TENANT_ID + "/";
    }

    /** Returns what a token of this directory says; empty for any other text. */
    Optional<JsonNode> claims(String token) {
        return ForeignToken.parse(token)
                .filter(parsed -> parsed.isSignedBy(signer.keySet()))
                .map(ForeignToken::claims);
    }
}
