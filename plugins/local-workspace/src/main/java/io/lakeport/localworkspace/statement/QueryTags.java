package io.lakeport.localworkspace.statement;

import java.util.LinkedHashMap;
import java.util.Map;

/** Query tags as a session configuration writes them: {@code key:value,key2:value2}, with a backslash as escape. */
final class QueryTags {
    private QueryTags() {}

    static Map<String, String> parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        StringBuilder key = new StringBuilder();
        StringBuilder value = new StringBuilder();
        StringBuilder current = key;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                current.append(text.charAt(++i));
            } else if (c == ':' && current == key) {
                current = value;
            } else if (c == ',') {
                if (!key.isEmpty()) {
                    tags.put(key.toString().trim(), value.toString().trim());
                }
                key.setLength(0);
                value.setLength(0);
                current = key;
            } else {
                current.append(c);
            }
        }
        return tags;
    }
}
