package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Signs and checks JSON web tokens with RS256. The key is made in the background, because an RSA key takes long enough
 * to delay the start. Thread-safe.
 */
public final class JwtSigner {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String KEY_ID = "local-workspace-1";
    private static final String HEADER = header("at+jwt");

    /** Of an id token, which opens nothing: it is told from an access token by its type (RFC 9068, 2.1). */
    private static final String ID_HEADER = header("JWT");

    private final CompletableFuture<KeyPair> keys = CompletableFuture.supplyAsync(JwtSigner::generate);

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String header(String type) {
        return ENCODER.encodeToString(("{\"kid\":\"" + KEY_ID + "\",\"typ\":\"" + type + "\",\"alg\":\"RS256\"}")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Signs an access token. */
    public String sign(ObjectNode claims) throws JsonProcessingException {
        return sign(HEADER, claims);
    }

    /** Signs an id token. */
    public String signId(ObjectNode claims) throws JsonProcessingException {
        return sign(ID_HEADER, claims);
    }

    private String sign(String header, ObjectNode claims) throws JsonProcessingException {
        String signed = header + "." + ENCODER.encodeToString(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.join().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with our own key cannot fail", e);
        }
    }

    /** Returns the claims of a token that this signer signed, expired or not; empty for any other text. */
    public Optional<JsonNode> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(HEADER)) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.join().getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(DECODER.decode(parts[2]))
                    ? Optional.of(Json.parse(new String(DECODER.decode(parts[1]), StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns the public key as a JSON web key set. */
    public ObjectNode keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.join().getPublic();
        ObjectNode set = Json.object();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", KEY_ID)
                .put("n", unsigned(key.getModulus()))
                .put("e", unsigned(key.getPublicExponent()));
        return set;
    }

    private static String unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return ENCODER.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
