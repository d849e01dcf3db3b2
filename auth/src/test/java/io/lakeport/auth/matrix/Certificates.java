package io.lakeport.auth.matrix;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.lakeport.core.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;

/** A certificate with its key, as an administrator would make one: by the JDK's own keytool. */
record Certificates(Secret pem, Secret keyPem, String keySet) {
    private static final String PASSWORD = "changeit";

    static Certificates make(Path directory) {
        Path file = directory.resolve("app.p12");
        try {
            Process keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "RSA",
                            "-keysize",
                            "2048",
                            "-dname",
                            "CN=lakeport",
                            "-alias",
                            "app",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString()))
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            return read(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Certificates read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = store.getCertificate("app");
        String key =
                pem("PRIVATE KEY", store.getKey("app", PASSWORD.toCharArray()).getEncoded());
        String both = pem("CERTIFICATE", certificate.getEncoded()) + key;
        RSAKey open = new RSAKey.Builder((RSAPublicKey) certificate.getPublicKey())
                .keyID("key-1")
                .build();
        return new Certificates(Secret.of(both), Secret.of(key), new JWKSet(open).toString());
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
