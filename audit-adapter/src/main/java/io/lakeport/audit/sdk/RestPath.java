package io.lakeport.audit.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A path of the REST API with its query.
 *
 * @param path encoded
 * @param query names and values, not encoded
 */
public record RestPath(String path, List<Map.Entry<String, String>> query) {
    public RestPath {
        query = List.copyOf(query);
    }

    /**
     * Returns the path of a pattern.
     *
     * @param pattern with {@code {}} for each value
     * @param values taken as they are, and encoded here
     */
    public static RestPath of(String pattern, String... values) {
        StringBuilder path = new StringBuilder();
        int at = 0;
        for (String value : values) {
            int hole = pattern.indexOf("{}", at);
            path.append(pattern, at, hole)
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            at = hole + 2;
        }
        return new RestPath(path.append(pattern.substring(at)).toString(), List.of());
    }

    /** Returns this path with one more value in its query. */
    public RestPath with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(query);
        more.add(Map.entry(name, value));
        return new RestPath(path, more);
    }
}
