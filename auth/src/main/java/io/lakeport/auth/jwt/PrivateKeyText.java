package io.lakeport.auth.jwt;

import io.lakeport.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys as they are handed out: PEM. */
public final class PrivateKeyText {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PrivateKeyText() {}

    /**
     * Returns the RSA key in a PEM text, which may hold certificates as well.
     *
     * @throws IllegalArgumentException when there is none, saying what to do; the message holds nothing of the text
     */
    public static RSAPrivateKey read(Secret text) {
        String pem = text.reveal();
        Matcher matcher = PKCS8.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException(reason(pem));
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Its message may quote the key.
            throw new IllegalArgumentException("the private key cannot be read as an RSA key; copy it again");
        }
    }

    private static String reason(String pem) {
        if (pem.contains("BEGIN RSA PRIVATE KEY")) {
            return "the private key is in the old form; convert it with 'openssl pkcs8 -topk8 -nocrypt'";
        }
        if (pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
            return "the private key is encrypted; decrypt it with 'openssl pkcs8' and keep the file readable by this user"
                    + " only";
        }
        return "there is no '-----BEGIN PRIVATE KEY-----' in it";
    }
}
