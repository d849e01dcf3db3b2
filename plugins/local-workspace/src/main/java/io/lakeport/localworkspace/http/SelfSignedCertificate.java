package io.lakeport.localworkspace.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** Builds an X.509 v3 certificate signed by its own EC key: the JDK has no public API for that. */
final class SelfSignedCertificate {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private SelfSignedCertificate() {}

    /**
     * Builds the certificate, valid from yesterday for a year.
     *
     * @param keys an EC key pair
     * @param dnsNames host names it stands for; it always stands for 127.0.0.1 too
     */
    static X509Certificate create(KeyPair keys, String commonName, List<String> dnsNames)
            throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
        byte[] body = body(keys, commonName, dnsNames, algorithm);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, algorithm, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] body(KeyPair keys, String commonName, List<String> dnsNames, byte[] algorithm) {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
        ZonedDateTime from = ZonedDateTime.now(ZoneOffset.UTC).minusDays(1);
        return Der.sequence(
                Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
                algorithm,
                name,
                Der.sequence(Der.time(from), Der.time(from.plusYears(1))),
                name,
                keys.getPublic().getEncoded(),
                Der.tagged(0xA3, Der.sequence(basicConstraints(), extendedUsage(), alternativeNames(dnsNames))));
    }

    /** A trust anchor must be marked as an authority, or some validators refuse it. */
    private static byte[] basicConstraints() {
        return Der.sequence(Der.oid("2.5.29.19"), Der.bool(true), Der.octets(Der.sequence(Der.bool(true))));
    }

    private static byte[] extendedUsage() {
        return Der.sequence(Der.oid("2.5.29.37"), Der.octets(Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))));
    }

    private static byte[] alternativeNames(List<String> dnsNames) {
        byte[][] names = new byte[dnsNames.size() + 1][];
        for (int i = 0; i < dnsNames.size(); i++) {
            names[i] = Der.tagged(DNS_NAME, dnsNames.get(i).getBytes(StandardCharsets.US_ASCII));
        }
        names[dnsNames.size()] = Der.tagged(IP_ADDRESS, new byte[] {127, 0, 0, 1});
        return Der.sequence(Der.oid("2.5.29.17"), Der.octets(Der.sequence(names)));
    }
}
