package io.lakeport.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lakeport.core.secret.Secret;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/** An issuer of tokens that is not Databricks, such as a CI system or a cluster. */
public final class Issuer {
    public static final String NAME = "https://idp.example.com";

    private final RSAKey key;

    public Issuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("idp-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public RSAKey key() {
        return key;
    }

    public String keySet() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** Returns a token that is good for ten minutes but for what {@code change} does to it. */
    public Secret token(String subject, String audience, Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
        change.accept(claims);
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(key));
            return Secret.of(token.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
