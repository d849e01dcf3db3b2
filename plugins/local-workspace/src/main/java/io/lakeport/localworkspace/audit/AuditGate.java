package io.lakeport.localworkspace.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Form;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives every request an id, and records those that change something or hand out credentials. Thread-safe. */
public final class AuditGate implements Gate {
    private static final int FAILURE = 400;
    private static final String SECRET = "(?s).*(secret|password|token|string_value|credential|contents).*";

    private final AuditLog log;
    private final TokenService tokens;
    private final Clock clock;
    private final AuditRules rules = new AuditRules();

    /** Creates the gate; it never refuses a request. */
    public AuditGate(AuditLog log, TokenService tokens, Clock clock) {
        this.log = log;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Optional<Exchange> admit(Exchange exchange) {
        String requestId = UUID.randomUUID().toString();
        Optional<AuditRules.Match> rule = rules.find(exchange.method(), exchange.path());
        // Asked now, since the request itself may revoke the token.
        Optional<String> user = rule.flatMap(match -> user(exchange));
        return Optional.of(new AuditedExchange(
                exchange,
                requestId,
                (status, answer) -> rule.ifPresent(match -> record(exchange, match, user, requestId, status, answer))));
    }

    private Optional<String> user(Exchange exchange) {
        try {
            if (exchange.path().startsWith("/oidc/")) {
                return Optional.empty();
            }
            return Optional.of(tokens.authenticate(exchange).applicationId());
        } catch (ApiException e) {
            // The route refuses it; the log shows who was refused as nobody.
            return Optional.empty();
        }
    }

    private void record(
            Exchange exchange,
            AuditRules.Match match,
            Optional<String> user,
            String requestId,
            int status,
            byte[] answer) {
        Map<String, String> parameters = new LinkedHashMap<>(match.parameters());
        Optional<String> caller = user;
        try {
            if (exchange.path().startsWith("/oidc/")) {
                Form form = Form.read(exchange);
                form.value("grant_type").ifPresent(grant -> parameters.put("grant_type", grant));
                caller = form.value("client_id").or(() -> basicUser(exchange));
            } else {
                parameters.putAll(fields(exchange.body()));
            }
        } catch (IOException | ApiException e) {
            parameters.put("unreadable", "true");
        }
        log.add(new AuditEvent(
                UUID.randomUUID().toString(),
                clock.instant(),
                match.service(),
                match.action(),
                caller,
                exchange.remoteAddress(),
                exchange.header("User-Agent").orElse(""),
                Optional.empty(),
                requestId,
                parameters,
                status,
                status < FAILURE ? Optional.empty() : message(answer),
                exchange.path().contains("/accounts/")));
    }

    private static Optional<String> basicUser(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, "basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] pair =
                    java.util.Base64.getDecoder().decode(header.substring(6).trim());
            String text = new String(pair, java.nio.charset.StandardCharsets.UTF_8);
            return Optional.of(text.substring(0, Math.max(0, text.indexOf(':'))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a body says in plain fields. Credentials are left out, whatever an API calls them. */
    private static Map<String, String> fields(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        if (body.length == 0 || body[0] != '{') {
            return fields;
        }
        try {
            Json.parse(body).properties().forEach(field -> {
                String name = field.getKey().toLowerCase(Locale.ROOT);
                JsonNode value = field.getValue();
                String text = value.isValueNode() ? value.asText() : value.toString();
                boolean nested =
                        value.isContainerNode() && text.toLowerCase(Locale.ROOT).matches(SECRET);
                if (name.equals("token_id") || !name.matches(SECRET) && !nested) {
                    fields.put(field.getKey(), text);
                }
            });
        } catch (IOException e) {
            fields.put("unreadable", "true");
        }
        return fields;
    }

    private static Optional<String> message(byte[] answer) {
        try {
            JsonNode node = Json.parse(answer);
            return Json.text(node, "message").or(() -> Json.text(node, "error_description"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
