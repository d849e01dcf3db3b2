package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with the account's key: Azure Storage REST API, "Authorize with Shared Key". */
final class SharedKey implements Authorizer {
    private static final List<String> SIGNED = List.of(
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-MD5",
            "Content-Type",
            "Date",
            "If-Modified-Since",
            "If-Match",
            "If-None-Match",
            "If-Unmodified-Since",
            "Range");

    private final String account;
    private final Secret key;

    SharedKey(String account, Secret key) {
        this.account = account;
        this.key = key;
    }

    @Override
    public Proof prove(String method, URI url, Map<String, String> headers, long length) {
        StringBuilder text = new StringBuilder(method).append('\n');
        for (String name : SIGNED) {
            text.append(name.equals("Content-Length") ? length(length) : headers.getOrDefault(name, ""))
                    .append('\n');
        }
        new TreeMap<>(headers)
                .forEach((name, value) ->
                        text.append(name.startsWith("x-ms-") ? name + ":" + value.strip() + "\n" : ""));
        text.append('/').append(account).append(url.getRawPath()).append(parameters(url));
        return new Proof("", Map.of("Authorization", "SharedKey " + account + ":" + sign(text.toString())), key);
    }

    private static String length(long length) {
        return length == 0 ? "" : String.valueOf(length);
    }

    private static String parameters(URI url) {
        if (url.getRawQuery() == null) {
            return "";
        }
        Map<String, String> sorted = new TreeMap<>();
        for (String pair : url.getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            sorted.put(
                    pair.substring(0, equals).toLowerCase(Locale.ROOT),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, value) -> text.append('\n').append(name).append(':').append(value));
        return text.toString();
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.reveal()), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message shows a piece of the key.
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "account_key of account '" + account + "' is not Base64; copy it from the account's access keys");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String describe() {
        return "the account_key of '" + account + "'; is it this account's, and not one that was rotated?";
    }
}
