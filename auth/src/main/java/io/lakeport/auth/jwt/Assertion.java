package io.lakeport.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lakeport.core.secret.Secret;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** Signs a token by which we prove to hold a key (RFC 7523). */
public final class Assertion {
    private Assertion() {}

    /**
     * Returns an assertion.
     *
     * @param header algorithm and key; the type is added
     * @param subject who asserts, issuer and subject at once
     * @param audience the endpoint that is to believe it
     * @param more further claims
     * @param now begin of its life
     * @throws IllegalArgumentException when the key cannot sign, being too short; the message holds nothing of it
     */
    public static Secret sign(
            JWSHeader.Builder header,
            PrivateKey key,
            String subject,
            String audience,
            Map<String, String> more,
            Instant now,
            Duration life) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(subject)
                .subject(subject)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
        more.forEach(claims::claim);
        SignedJWT token = new SignedJWT(header.type(JOSEObjectType.JWT).build(), claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the private key cannot sign; RSA keys have 2048 bits or more");
        }
        return Secret.of(token.serialize());
    }
}
