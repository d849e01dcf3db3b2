package io.lakeport.localworkspace.sql.function;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of URLs. */
public final class Urls {
    private Urls() {}

    /** Returns a part of a URL, {@code null} when it has none. */
    public static @Nullable String part(String url, String part) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw SqlErrors.of(
                    "INVALID_URL",
                    "22P02",
                    "The url is invalid: " + url + ". Use `try_parse_url` to tolerate invalid URL and return NULL "
                            + "instead.");
        }
        return switch (part) {
            case "HOST" -> uri.getHost();
            case "PATH" -> uri.getRawPath();
            case "QUERY" -> uri.getRawQuery();
            case "REF" -> uri.getRawFragment();
            case "PROTOCOL" -> uri.getScheme();
            case "FILE" -> uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            case "AUTHORITY" -> uri.getRawAuthority();
            case "USERINFO" -> uri.getRawUserInfo();
            default -> null;
        };
    }

    /** Returns the value of a query's key. */
    public static @Nullable String value(String url, String part, String key) {
        String query = part.equals("QUERY") ? part(url, part) : null;
        Matcher m = Pattern.compile("(&|^)" + key + "=([^&]*)").matcher(query == null ? "" : query);
        return m.find() ? m.group(2) : null;
    }

    /** Encodes a text for a form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Decodes a text of a form. */
    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SqlErrors.of(
                    "CANNOT_DECODE_URL",
                    "22546",
                    "The provided URL cannot be decoded: " + text
                            + ". Please ensure that the URL is properly formatted " + "and try again.");
        }
    }
}
