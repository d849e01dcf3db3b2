package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to the token or the revocation endpoint.
 *
 * @param form its fields
 * @param realm where it was sent
 * @param clientId of the header or the form; empty when there is none
 * @param clientSecret likewise
 */
record TokenRequest(Form form, Realm realm, String clientId, String clientSecret) {
    static TokenRequest read(Exchange exchange, Realm realm) throws IOException {
        Form form = Form.read(exchange);
        String[] client = basic(exchange).orElseGet(() -> new String[] {
            form.value("client_id").orElse(""), form.value("client_secret").orElse("")
        });
        return new TokenRequest(form, realm, client[0], client[1]);
    }

    /** Reads client id and secret from the Authorization header, where RFC 6749 prefers them. */
    private static Optional<String[]> basic(Exchange exchange) {
        Optional<String> header = exchange.header("Authorization")
                .filter(h -> h.toLowerCase(Locale.ROOT).startsWith("basic "));
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.get().substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(
                    colon < 0
                            ? new String[] {pair, ""}
                            : new String[] {pair.substring(0, colon), pair.substring(colon + 1)});
        } catch (IllegalArgumentException e) {
            return Optional.of(new String[] {"", ""});
        }
    }

    /**
     * Returns a field.
     *
     * @throws OAuthError invalid_request when it is missing or empty
     */
    String required(String field) {
        return form.value(field).orElseThrow(() -> OAuthError.missing(field));
    }

    /** Returns no field, since they are secrets. */
    @Override
    public String toString() {
        return "TokenRequest[redacted]";
    }
}
