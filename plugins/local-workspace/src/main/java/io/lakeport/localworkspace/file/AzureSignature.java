package io.lakeport.localworkspace.file;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shared Key authorization of Azure storage, as its REST reference defines it. */
final class AzureSignature {
    private AzureSignature() {}

    /**
     * Returns the value of the Authorization header.
     *
     * @param headers all headers that are sent and begin with {@code x-ms-}, in lower case
     * @param length of the body, empty for none
     * @param contentType of the body, empty for none
     */
    static String of(
            StoreEndpoint endpoint,
            String method,
            URI url,
            Map<String, String> headers,
            String length,
            String contentType) {
        String canonicalHeaders = new TreeMap<>(headers)
                .entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue() + "\n")
                        .collect(Collectors.joining());
        String text = method + "\n\n\n" + length + "\n\n" + contentType + "\n\n\n\n\n\n\n" + canonicalHeaders
                + resource(endpoint, url);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(endpoint.key().reveal()), "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return "SharedKey " + endpoint.account() + ":" + signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String resource(StoreEndpoint endpoint, URI url) {
        StringBuilder resource = new StringBuilder("/" + endpoint.account() + url.getRawPath());
        Map<String, String> query = new TreeMap<>();
        if (url.getRawQuery() != null) {
            Arrays.stream(url.getRawQuery().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(p -> query.put(
                            p[0].toLowerCase(Locale.ROOT),
                            java.net.URLDecoder.decode(p.length > 1 ? p[1] : "", StandardCharsets.UTF_8)));
        }
        query.forEach(
                (name, value) -> resource.append('\n').append(name).append(':').append(value));
        return resource.toString();
    }
}
