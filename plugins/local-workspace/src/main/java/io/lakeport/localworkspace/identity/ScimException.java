package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;

/** A refusal in SCIM's form (RFC 7644, 3.12). */
final class ScimException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    ScimException(int status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    static ScimException invalid(String detail) {
        return new ScimException(400, "invalidValue", detail);
    }

    static ScimException notFound(String kind, String id) {
        return new ScimException(404, "", kind + " with id " + id + " not found.");
    }

    /** Returns the handler with refusals answered in SCIM's form. */
    static Handler answering(Handler handler) {
        return (exchange, path) -> {
            try {
                handler.handle(exchange, path);
            } catch (ScimException e) {
                e.answer(exchange);
            }
        };
    }

    private void answer(Exchange exchange) throws java.io.IOException {
        ObjectNode body = Json.object();
        body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        body.put("detail", getMessage()).put("status", String.valueOf(status));
        if (!type.isEmpty()) {
            body.put("scimType", type);
        }
        Json.respond(exchange, status, body);
    }
}
