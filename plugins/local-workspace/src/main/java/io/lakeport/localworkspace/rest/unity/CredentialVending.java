package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.StoreEndpoint;
import io.lakeport.localworkspace.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes credentials of the form that each cloud has. They are random and open nothing: no cloud knows them. Where a
 * server of the S3 protocol stands behind the URL, they are that server's own, which reach further than the path and do
 * not end: it can make no others.
 */
final class CredentialVending {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final ExternalStores stores;

    CredentialVending(Clock clock, ExternalStores stores) {
        this.clock = clock;
        this.stores = stores;
    }

    ObjectNode vend(String url) {
        Instant end = clock.instant().plus(LIFETIME);
        ObjectNode answer =
                Json.object().put("expiration_time", end.toEpochMilli()).put("url", url);
        String scheme = url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "abfss", "abfs", "wasbs" ->
                answer.putObject("azure_user_delegation_sas").put("sas_token", sas(end));
            case "gs" -> answer.putObject("gcp_oauth_token").put("oauth_token", "ya29." + text(96));
            case "r2" ->
                answer.putObject("r2_temp_credentials")
                        .put("access_key_id", hex(32))
                        .put("secret_access_key", hex(64))
                        .put("session_token", text(200));
            default -> aws(answer.putObject("aws_temp_credentials"), scheme);
        }
        return answer;
    }

    private void aws(ObjectNode credentials, String scheme) {
        Optional<StoreEndpoint> server = scheme.startsWith("s3") ? stores.s3() : Optional.empty();
        credentials
                .put("access_key_id", server.map(StoreEndpoint::account).orElseGet(() -> "ASIA" + letters(16)))
                .put("secret_access_key", server.map(s -> s.key().reveal()).orElseGet(() -> text(30)))
                .put("session_token", text(300))
                .put("access_point", "");
    }

    private String sas(Instant end) {
        String signature = URLEncoder.encode(Base64.getEncoder().encodeToString(bytes(32)), StandardCharsets.UTF_8);
        return "sv=2023-01-03&spr=https&se="
                + URLEncoder.encode(end.truncatedTo(ChronoUnit.SECONDS).toString(), StandardCharsets.UTF_8)
                + "&sr=d&sp=racwdl&sdd=1&sig=" + signature;
    }

    private byte[] bytes(int count) {
        byte[] value = new byte[count];
        random.nextBytes(value);
        return value;
    }

    private String text(int bytes) {
        return Base64.getEncoder().encodeToString(bytes(bytes));
    }

    private String hex(int digits) {
        return HexFormat.of().formatHex(bytes(digits / 2));
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes(count)) {
            text.append(LETTERS.charAt(b & 31));
        }
        return text.toString();
    }
}
