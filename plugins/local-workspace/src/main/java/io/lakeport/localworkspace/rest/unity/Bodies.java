package io.lakeport.localworkspace.rest.unity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.http.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fields that all objects of Unity Catalog have in the REST API, and names and texts as SQL writes them. */
final class Bodies {
    private Bodies() {}

    /** Returns owner, times, comment and names of an object. */
    static ObjectNode of(SecurableInfo info) {
        Securable s = info.securable();
        ObjectNode body = Json.object()
                .put("name", s.lastName())
                .put("full_name", s.fullName())
                .put("owner", info.owner())
                .put("metastore_id", Metastores.ID)
                .put("created_at", info.createdAt())
                .put("created_by", info.createdBy())
                .put("updated_at", info.updatedAt())
                .put("updated_by", info.updatedBy());
        if (s.name().size() > 1) {
            body.put("catalog_name", s.name().get(0));
        }
        if (s.name().size() > 2) {
            body.put("schema_name", s.name().get(1));
        }
        if (info.comment() != null) {
            body.put("comment", info.comment());
        }
        return body;
    }

    /** Adds {@code properties}. */
    static void properties(ObjectNode body, Map<String, String> properties) {
        ObjectNode node = body.putObject("properties");
        new TreeMap<>(properties).forEach((String k, String v) -> node.put(k, v));
    }

    /** Changes what every PATCH can: comment, properties and, last, the owner. */
    static void update(Governance governance, Call call, Securable securable, JsonNode body) {
        governance.access().requireManage(call.actor(), securable);
        if (body.hasNonNull("comment") || body.hasNonNull("properties")) {
            governance.securables().update(securable, call.user(), i -> {
                SecurableInfo next =
                        body.hasNonNull("properties") ? i.withProperties(texts(body.get("properties"))) : i;
                return body.hasNonNull("comment")
                        ? next.withComment(body.get("comment").asText())
                        : next;
            });
        }
        Json.text(body, "owner").ifPresent(owner -> governance.give(securable, owner, call.user()));
    }

    /** Returns the texts of an object by name. */
    static Map<String, String> texts(@Nullable JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        if (node != null) {
            node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        }
        return texts;
    }

    /** Returns a name in backticks. */
    static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** Returns an object's name in backticks. */
    static String quote(Securable securable) {
        return String.join(".", securable.name().stream().map(Bodies::quote).toList());
    }

    /** Returns a text in quotes. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
