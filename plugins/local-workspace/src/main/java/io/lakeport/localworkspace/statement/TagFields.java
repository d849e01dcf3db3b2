package io.lakeport.localworkspace.statement;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the query tags of a statement within the limits that Databricks documents for them. */
final class TagFields {
    private static final int MOST = 20;
    private static final int MOST_CHARACTERS = 128;

    private TagFields() {}

    static Map<String, String> parse(JsonNode body) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode node : BodyFields.objects(body, "query_tags")) {
            String key = BodyFields.text(node, "key")
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> ApiException.invalid("A query tag needs a key."));
            String value = BodyFields.text(node, "value").orElse("");
            if (key.length() > MOST_CHARACTERS || value.length() > MOST_CHARACTERS) {
                throw ApiException.invalid(
                        "Key and value of a query tag must have at most " + MOST_CHARACTERS + " characters.");
            }
            tags.put(key, value);
        }
        if (tags.size() > MOST) {
            throw ApiException.invalid("A statement can have at most " + MOST + " query tags.");
        }
        return tags;
    }
}
