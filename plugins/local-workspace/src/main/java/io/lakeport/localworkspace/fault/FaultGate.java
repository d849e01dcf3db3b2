package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.auth.WorkspaceIdentity;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Gate;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets planned faults happen to requests. The workspace's own control routes are spared. Thread-safe. */
public final class FaultGate implements Gate {
    private static final String CONTROL = "/local/";
    private static final Pattern STATEMENT =
            Pattern.compile("/(?:api/2\\.0/sql/statements|cloudfetch)/([0-9a-f-]{36})(?:/.*)?");

    private final Faults faults;
    private final TokenService tokens;
    private final Function<String, Optional<String>> statementTexts;
    private final Revocations revocations = new Revocations();

    /**
     * Creates the gate.
     *
     * @param statementTexts returns the text of a statement by its id
     */
    public FaultGate(Faults faults, TokenService tokens, Function<String, Optional<String>> statementTexts) {
        this.faults = faults;
        this.tokens = tokens;
        this.statementTexts = statementTexts;
    }

    @Override
    public Optional<Exchange> admit(Exchange exchange) throws IOException {
        if (faults.isEmpty() || exchange.path().startsWith(CONTROL)) {
            return Optional.of(exchange);
        }
        Exchange admitted = revocations.watch(exchange, faults);
        FaultTarget target = target(exchange);
        String name = exchange.method() + " " + exchange.path();
        for (Fault fault : faults.fire(FaultScope.REQUEST, target, name)) {
            exchange.note(Note.FAULT, fault.id());
            Optional<Exchange> next = apply(fault, admitted);
            if (next.isEmpty()) {
                return next;
            }
            admitted = next.get();
        }
        return Optional.of(admitted);
    }

    private Optional<Exchange> apply(Fault fault, Exchange exchange) throws IOException {
        FaultEffect effect = fault.effect();
        if (effect instanceof FaultEffect.Answer answer) {
            FaultyAnswer faulty = answer.answer();
            faulty.retryAfter().ifPresent(after -> exchange.addHeader("Retry-After", after.text(faults.clock())));
            exchange.respond(faulty.status(), faulty.contentType(), faulty.bytes());
            return Optional.empty();
        } else if (effect instanceof FaultEffect.Delay delay) {
            sleep(delay);
            return Optional.of(exchange);
        } else if (effect instanceof FaultEffect.Cut cut && !cut.served()) {
            exchange.drop();
            return Optional.empty();
        } else if (effect instanceof FaultEffect.DenyAddress) {
            throw new ApiException(
                    403,
                    "403",
                    "Source IP address: " + exchange.remoteAddress() + " is blocked by Databricks IP ACL for"
                            + " workspace: " + WorkspaceIdentity.WORKSPACE_ID);
        } else if (effect instanceof FaultEffect.RevokeTokens) {
            revocations.refuseRevoked(fault, exchange, faults.clock());
            return Optional.of(exchange);
        }
        return Optional.of(new FaultyExchange(exchange, fault));
    }

    private static void sleep(FaultEffect.Delay delay) {
        try {
            Thread.sleep(delay.duration().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "TEMPORARILY_UNAVAILABLE", "The local workspace is shutting down.");
        }
    }

    private FaultTarget target(Exchange exchange) {
        return new FaultTarget(
                exchange.method(),
                exchange.path(),
                exchange.remoteAddress(),
                "",
                exchange.header("User-Agent").orElse(""),
                name -> exchange.header(name).orElse(""),
                () -> statement(exchange),
                () -> caller(exchange));
    }

    /** The text of the statement that a request posts or asks about. Thrift has it among other bytes. */
    private String statement(Exchange exchange) {
        Matcher one = STATEMENT.matcher(exchange.path());
        if (one.matches()) {
            return statementTexts.apply(one.group(1)).orElse("");
        }
        boolean thrift = exchange.path().startsWith("/sql/");
        if (!exchange.method().equals("POST") || !thrift && !exchange.path().startsWith("/api/2.0/sql/statements")) {
            return "";
        }
        try {
            if (thrift) {
                return new String(exchange.body(), StandardCharsets.UTF_8);
            }
            JsonNode body = Json.parse(exchange.body());
            return body == null ? "" : body.path("statement").asText();
        } catch (IOException notReadable) {
            // Whoever handles the request says what is wrong with its body; for a fault it has no text.
            return "";
        }
    }

    private Optional<Principal> caller(Exchange exchange) {
        try {
            return Optional.of(tokens.authenticate(exchange));
        } catch (ApiException notSignedIn) {
            return Optional.empty();
        }
    }

    static boolean isRevocation(List<Fault> faults) {
        return faults.stream().anyMatch(fault -> fault.effect() instanceof FaultEffect.RevokeTokens);
    }
}
