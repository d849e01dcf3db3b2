package io.lakeport.localworkspace.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Error answers as Databricks writes them: {@code error_code} (text, or a number for 401 and 403) and {@code message}. */
final class ErrorBody {
    private ErrorBody() {}

    static void send(Exchange exchange, ApiException error) throws IOException {
        ObjectNode body = Json.object();
        if (error.code().chars().allMatch(Character::isDigit)) {
            body.put("error_code", Integer.parseInt(error.code()));
        } else {
            body.put("error_code", error.code());
        }
        body.put("message", error.getMessage());
        if (error.status() == 401) {
            exchange.addHeader("www-authenticate", "Bearer realm=\"DatabricksRealm\"");
        }
        if (error.status() == 401 || error.status() == 403) {
            exchange.addHeader("x-databricks-reason-phrase", printable(String.valueOf(error.getMessage())));
        }
        Json.respond(exchange, error.status(), body);
    }

    /** A header's value must not have line ends, whatever a message quotes. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
