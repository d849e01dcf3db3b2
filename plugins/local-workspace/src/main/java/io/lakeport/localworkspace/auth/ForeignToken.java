package io.lakeport.localworkspace.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON web token of somebody else.
 *
 * @param header its header
 * @param claims its claims, believed by nobody until the signature is checked
 * @param signed what the signature covers
 * @param signature its signature
 */
public record ForeignToken(JsonNode header, JsonNode claims, String signed, byte[] signature) {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /** Only asymmetric algorithms: a key set is public, so it cannot prove an HMAC; and none proves nothing. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "RS256", "SHA256withRSA",
            "RS384", "SHA384withRSA",
            "RS512", "SHA512withRSA",
            "PS256", "RSASSA-PSS",
            "ES256", "SHA256withECDSAinP1363Format");

    /** Takes a token apart; empty when the text is none. */
    public static Optional<ForeignToken> parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ForeignToken(
                    json(parts[0]), json(parts[1]), parts[0] + "." + parts[1], DECODER.decode(parts[2])));
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode json(String part) throws IOException {
        return Json.parse(DECODER.decode(part));
    }

    /** Whether one of a JSON web key set's keys signed it, the one that it names if it names one. */
    public boolean isSignedBy(JsonNode keySet) {
        String algorithm = ALGORITHMS.get(header.path("alg").asText());
        String wanted = header.path("kid").asText("");
        if (algorithm == null) {
            return false;
        }
        for (JsonNode key : keySet.path("keys")) {
            boolean named = wanted.isEmpty() || wanted.equals(key.path("kid").asText());
            if (named && isSignedBy(key, algorithm)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSignedBy(JsonNode key, String algorithm) {
        try {
            Signature check = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            check.initVerify(publicKey(key));
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
        if (key.path("kty").asText().equals("RSA")) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(key, "x"), number(key, "y")),
                        curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, DECODER.decode(key.path(field).asText()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForeignToken that && that.signed.equals(signed);
    }

    @Override
    public int hashCode() {
        return signed.hashCode();
    }

    /** Returns no part, since a token is a credential. */
    @Override
    public String toString() {
        return "ForeignToken[redacted]";
    }
}
