package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tokens a revocation ended. Tokens tell when they were issued in whole seconds only, so those issued in the very
 * second of a revocation are remembered by their text's end, their signature. Thread-safe.
 */
final class Revocations {
    private static final int FRESH_LIMIT = 10_000;
    private static final String BEARER = "bearer ";

    private final Map<String, Long> revokedAt = new ConcurrentHashMap<>();
    private final Set<String> fresh = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > FRESH_LIMIT;
        }
    }));

    /** Watches tokens being issued while a revocation is planned. */
    Exchange watch(Exchange exchange, Faults faults) {
        boolean issues = exchange.path().endsWith("/v1/token") && FaultGate.isRevocation(faults.all());
        return issues
                ? new ForwardingExchange(exchange) {
                    @Override
                    public void respond(int status, String contentType, byte[] body) throws IOException {
                        if (status == 200 && !revokedAt.isEmpty()) {
                            fresh.add(signature(
                                    Json.parse(body).path("access_token").asText()));
                        }
                        super.respond(status, contentType, body);
                    }
                }
                : exchange;
    }

    /** Refuses a request whose token was issued before the first firing of a revocation. */
    void refuseRevoked(Fault fault, Exchange exchange, Clock clock) {
        long since = revokedAt.computeIfAbsent(fault.id(), id -> clock.instant().getEpochSecond());
        String header = exchange.header("Authorization").orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return;
        }
        String token = header.substring(BEARER.length()).trim();
        boolean personal = token.indexOf('.') < 0;
        if (personal) {
            throw new ApiException(403, "403", "Invalid access token.");
        }
        if (issuedAt(token) <= since && !fresh.contains(signature(token))) {
            throw new ApiException(403, "403", "Invalid Token");
        }
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    /** Reads the time without checking the signature: whoever authenticates the request does that. */
    private static long issuedAt(String token) {
        String[] parts = token.split("\\.", 3);
        try {
            JsonNode claims = Json.parse(Base64.getUrlDecoder().decode(parts[1]));
            return claims.path("iat").asLong(Long.MAX_VALUE);
        } catch (IOException | IllegalArgumentException notAToken) {
            return Long.MAX_VALUE;
        }
    }
}
