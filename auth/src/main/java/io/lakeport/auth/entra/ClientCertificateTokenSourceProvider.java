package io.lakeport.auth.entra;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.jwt.Assertion;
import io.lakeport.auth.jwt.PrivateKeyText;
import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.secret.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Method {@code azure-client-certificate}: a service principal of Microsoft Entra, by a certificate. The key never
 * leaves: it signs an assertion for each exchange ("Microsoft identity platform application authentication certificate
 * credentials").
 *
 * <p>Properties as of {@code azure-client-secret}. Secret: {@code certificate}, PEM with certificate and private key.
 */
public final class ClientCertificateTokenSourceProvider implements TokenSourceProvider {
    private static final String SECRET = "certificate";
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofMinutes(5);

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public ClientCertificateTokenSourceProvider() {}

    @Override
    public String method() {
        return "azure-client-certificate";
    }

    @Override
    public TokenSource open(TokenSourceContext context) {
        MethodSettings settings = EntraClient.settings(context, SECRET);
        Pair pair = Pair.of(settings);
        String clientId = settings.required("client_id");
        Clock clock = context.clock();
        return EntraClient.of(context, settings, (form, endpoint) -> {
            JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.PS256).x509CertSHA256Thumbprint(pair.print());
            Secret assertion =
                    Assertion.sign(header, pair.key(), clientId, endpoint.toString(), Map.of(), clock.instant(), LIFE);
            return asserted(form, assertion);
        });
    }

    private static TokenForm asserted(TokenForm form, Secret assertion) {
        return form.put("client_assertion_type", TYPE).secret("client_assertion", assertion);
    }

    /** A key, and the thumbprint by which Entra knows its certificate. */
    private record Pair(RSAPrivateKey key, Base64URL print) {
        static Pair of(MethodSettings settings) {
            Secret pem = settings.text(SECRET);
            RSAPrivateKey key;
            try {
                key = PrivateKeyText.read(pem);
            } catch (IllegalArgumentException e) {
                throw settings.invalid("secret '" + SECRET + "': " + e.getMessage());
            }
            try {
                X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate(pem)));
                if (!(certificate.getPublicKey() instanceof RSAPublicKey open)
                        || !open.getModulus().equals(key.getModulus())) {
                    throw settings.invalid("secret '" + SECRET + "': the private key is not the certificate's");
                }
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return new Pair(key, Base64URL.encode(hash));
            } catch (GeneralSecurityException e) {
                throw settings.invalid("secret '" + SECRET + "': there is no certificate in it that can be read; give"
                        + " certificate and private key in one PEM text");
            }
        }

        private static byte[] certificate(Secret pem) {
            String text = pem.reveal();
            int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
            return text.substring(Math.max(0, begin)).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return "Pair[" + print + "]";
        }
    }
}
