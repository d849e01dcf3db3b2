package io.lakeport.storage.abfss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.storage.credential.Renewed;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.refusal.Refusal;
import io.lakeport.storage.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens of a service principal: Microsoft identity platform, "OAuth 2.0 client credentials flow". The error numbers
 * are those of its page "Microsoft Entra authentication and authorization error codes".
 */
final class EntraAuthorizer implements Authorizer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NUMBER = Pattern.compile("AADSTS\\d+");

    private final RestClient client;
    private final URI url;
    private final String clientId;
    private final Secret secret;
    private final Clock clock;
    private final Renewed<Secret> tokens;

    EntraAuthorizer(Options options, String clientId, Secret secret, ObjectStoreContext context, Clock clock) {
        URI authority =
                options.base("authority", options.text("authority").orElse("https://login.microsoftonline.com"));
        String directory = options.text("tenant_id")
                .filter(text -> text.matches("[A-Za-z0-9.-]+"))
                .orElseThrow(() -> options.malformed("tenant_id", "expected the directory's id or domain"));
        this.client = new RestClient(context, authority);
        this.url = URI.create(authority.toString().replaceAll("/+$", "") + "/" + directory + "/oauth2/v2.0/token");
        this.clientId = clientId;
        this.secret = secret;
        this.clock = clock;
        this.tokens = new Renewed<>(this::fetch, clock);
    }

    private Renewed.Lease<Secret> fetch() {
        return client.guarded("entra.token", 0, () -> {
            String form = "grant_type=client_credentials&client_id=" + AbfssPlace.encode(clientId) + "&client_secret="
                    + AbfssPlace.encode(secret.reveal()) + "&scope="
                    + AbfssPlace.encode("https://storage.azure.com/.default");
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(url)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form)),
                    "a token of application '" + clientId + "'");
            JsonNode body = json(answer.body());
            if (answer.statusCode() != 200 || !body.path("access_token").isTextual()) {
                throw refused(answer, body);
            }
            return new Renewed.Lease<>(
                    Secret.of(body.path("access_token").asText()),
                    clock.instant()
                            .plus(Duration.ofSeconds(body.path("expires_in").asLong())));
        });
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private LakeportException refused(HttpResponse<byte[]> answer, JsonNode body) {
        Matcher number = NUMBER.matcher(body.path("error_description").asText());
        String code = number.find() ? number.group() : body.path("error").asText();
        Refusal refusal = new Refusal(
                "a token of application '" + clientId + "'",
                answer.statusCode(),
                "HTTP " + answer.statusCode() + (code.isEmpty() ? "" : " " + code),
                Refusal.seconds(answer.headers().firstValue("Retry-After")),
                "to be registered in the directory",
                false,
                null);
        if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
            return refusal.toError();
        }
        return refusal.error(known(code), remedy(code));
    }

    private static ErrorCodeSupplier known(String code) {
        return switch (code) {
            case "AADSTS7000215" -> CoreError.WRONG_SECRET;
            case "AADSTS7000222" -> CoreError.EXPIRED_SECRET;
            case "AADSTS700016" -> CoreError.WRONG_CLIENT_ID;
            case "AADSTS90002", "AADSTS900023" -> CoreError.INVALID_CONFIGURATION;
            default -> CoreError.TOKEN_REJECTED;
        };
    }

    private static String remedy(String code) {
        return switch (code) {
            case "AADSTS7000215" -> "client_secret is wrong; it takes the secret's value and not its id";
            case "AADSTS7000222" -> "client_secret has ended; create a new one";
            case "AADSTS700016" -> "the directory has no such application; check client_id and tenant_id";
            case "AADSTS90002", "AADSTS900023" -> "there is no such directory; check tenant_id";
            default -> "Microsoft Entra refused it; look the code up in the sign-in logs";
        };
    }

    @Override
    public void prepare() {
        tokens.get();
    }

    @Override
    public Proof prove(String method, URI requested, Map<String, String> headers, long length) {
        Secret token = tokens.get();
        return new Proof("", Map.of("Authorization", "Bearer " + token.reveal()), token);
    }

    @Override
    public boolean renewAfterRefusal(Object credential) {
        return credential instanceof Secret token && tokens.refused(token);
    }

    @Override
    public String describe() {
        return "application '" + clientId + "'; assign it the role Storage Blob Data Contributor on the container";
    }
}
