package io.lakeport.auth.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A key of AWS KMS, which never leaves it: data keys are sent there to be wrapped and unwrapped (KMS API reference,
 * Encrypt and Decrypt). What a data key is for goes along as encryption context, which AWS CloudTrail shows.
 */
final class AwsKmsKeys implements MasterKeys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch");

    private final String keyId;
    private final URI endpoint;
    private final AwsSignature signature;
    private final Optional<Secret> session;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    AwsKmsKeys(String keyId, URI endpoint, AwsSignature signature, Optional<Secret> session, Clock clock) {
        this.keyId = keyId;
        this.endpoint = endpoint;
        this.signature = signature;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public String currentId() {
        return keyId;
    }

    @Override
    public Wrapped wrap(byte[] dataKey, String context) {
        JsonNode answer = call("Encrypt", keyId, "Plaintext", dataKey, context);
        return new Wrapped(keyId, bytes(answer, "CiphertextBlob"));
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, String context) {
        return bytes(call("Decrypt", wrapped.keyId(), "CiphertextBlob", wrapped.bytes(), context), "Plaintext");
    }

    private static byte[] bytes(JsonNode answer, String member) {
        try {
            byte[] bytes = answer.path(member).binaryValue();
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INTERNAL, "AWS KMS answered without a '" + member + "' that can be read", e);
        }
        throw new LakeportException(CoreError.INTERNAL, "AWS KMS answered without '" + member + "'");
    }

    private JsonNode call(String action, String key, String member, byte[] value, String context) {
        ObjectNode body = JSON.createObjectNode();
        body.put("KeyId", key);
        body.put(member, value);
        body.putObject("EncryptionContext").put("lakeport", context);
        try {
            HttpResponse<byte[]> response =
                    http.send(request(action, JSON.writeValueAsBytes(body)), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                return JSON.readTree(response.body());
            }
            throw refused(action, key, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "interrupted while asking AWS KMS", e);
        } catch (IOException e) {
            throw new LakeportException(
                    SecretError.KEY_SERVICE_UNAVAILABLE,
                    "AWS KMS at " + endpoint + " cannot be reached for " + action + " ("
                            + e.getClass().getSimpleName() + "); see that this host may connect to it, then try again",
                    e);
        }
    }

    private HttpRequest request(String action, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("host", endpoint.getRawAuthority());
        headers.put("x-amz-date", AwsSignature.time(clock.instant()));
        headers.put("x-amz-target", "TrentService." + action);
        session.ifPresent(token -> headers.put("x-amz-security-token", token.reveal()));
        String authorization = signature.authorization("POST", "", headers, body);
        headers.remove("host");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(TIMEOUT)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    private LakeportException refused(String action, String key, HttpResponse<byte[]> response) {
        String type = type(response.body());
        String at =
                "AWS KMS refused " + action + " with key '" + key + "' (" + response.statusCode() + " " + type + "): ";
        if (DENIED.contains(type)) {
            return new LakeportException(
                    SecretError.KEY_SERVICE_DENIED,
                    at + "see that access_key_id and secret_access_key are right and that the key's policy allows"
                            + " kms:Encrypt and kms:Decrypt to them");
        }
        return switch (type) {
            case "NotFoundException", "InvalidArnException", "ValidationException" ->
                new LakeportException(
                        SecretError.MASTER_KEY_UNKNOWN,
                        at + "there is no such key in this account and region; see 'key_id' and 'region'");
            case "DisabledException", "KMSInvalidStateException" ->
                new LakeportException(
                        SecretError.MASTER_KEY_UNUSABLE,
                        at + "the key is disabled or about to be deleted; enable it, or cancel its deletion");
            case "InvalidCiphertextException", "IncorrectKeyException" ->
                new LakeportException(
                        SecretError.MASTER_KEY_WRONG,
                        at + "the data key was not wrapped by it for this purpose, or was changed; restore the state"
                                + " from a backup");
            default -> new LakeportException(SecretError.KEY_SERVICE_UNAVAILABLE, at + "it may serve later; try again");
        };
    }

    /** The type alone: messages of KMS can name users and roles. */
    private static String type(byte[] body) {
        try {
            String type = JSON.readTree(body).path("__type").asText("unknown");
            return type.substring(type.lastIndexOf('#') + 1).replaceAll("[^A-Za-z]", "");
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        // The client has no connections that must be ended.
    }
}
