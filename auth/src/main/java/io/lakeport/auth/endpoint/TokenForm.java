package io.lakeport.auth.endpoint;

import io.lakeport.core.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The form of a token request. It knows which of its parts are secret, so that no message repeats them. Not thread-safe. */
public final class TokenForm {
    private final StringBuilder body = new StringBuilder();
    private final List<Secret> hidden = new ArrayList<>();
    private Optional<Secret> authorization = Optional.empty();

    /** Begins a form with its grant type. */
    public static TokenForm of(String grantType) {
        return new TokenForm().put("grant_type", grantType);
    }

    /** Begins a form without a grant type. */
    public static TokenForm empty() {
        return new TokenForm();
    }

    /** Adds a field that may be shown. */
    public TokenForm put(String name, String value) {
        body.append(body.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a field that may not. */
    public TokenForm secret(String name, Secret value) {
        hidden.add(value);
        return put(name, value.reveal());
    }

    /** Has the client authenticate by an Authorization header, which RFC 6749 prefers to the form. */
    public TokenForm basic(String id, Secret secret) {
        String pair = id + ":" + secret.reveal();
        Secret header = Secret.of(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        hidden.add(secret);
        hidden.add(header);
        authorization = Optional.of(Secret.of("Basic " + header.reveal()));
        return this;
    }

    Optional<Secret> authorization() {
        return authorization;
    }

    /** Returns the encoded form; hand it to the request at once. */
    String encoded() {
        return body.toString();
    }

    /** Returns the text without this form's secrets, in case a server or proxy repeats what it was sent. */
    public String redact(String text) {
        String clean = text;
        for (Secret secret : hidden) {
            clean = clean.replace(secret.reveal(), "[redacted]");
        }
        return clean;
    }

    /** Returns no field, since forms carry secrets. */
    @Override
    public String toString() {
        return "TokenForm[redacted]";
    }
}
