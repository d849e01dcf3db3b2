package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.ClientSecret;
import io.lakeport.localworkspace.auth.ClientSecrets;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OAuth secrets of service principals: by the account's API and by the workspace's that stands for it. */
final class SecretRoutes {
    private static final int MOST = 5;
    private static final Duration LONGEST = Duration.ofDays(730);
    private static final Pattern LIFETIME = Pattern.compile("(\\d{1,10})(?:\\.\\d{1,9})?s");
    private static final String ACCOUNT = "/api/2.0/accounts/{account}/servicePrincipals/{id}/credentials/secrets";
    private static final String PROXY = "/api/2.0/accounts/servicePrincipals/{id}/credentials/secrets";

    private final Callers callers;
    private final Clock clock;

    SecretRoutes(Callers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    void addTo(Router router) {
        addTo(router, ACCOUNT, true);
        addTo(router, PROXY, false);
    }

    private void addTo(Router router, String root, boolean account) {
        router.add("POST", root, (exchange, path) -> {
            requireAdmin(exchange, path, account);
            create(exchange, find(path));
        });
        router.add("GET", root, (exchange, path) -> {
            requireAdmin(exchange, path, account);
            list(exchange, find(path));
        });
        router.add("DELETE", root + "/{secret}", (exchange, path) -> {
            requireAdmin(exchange, path, account);
            delete(exchange, find(path), path.get("secret"));
        });
    }

    private void requireAdmin(Exchange exchange, PathValues path, boolean account) {
        if (account) {
            callers.accountAdmin(exchange, path);
        } else {
            callers.workspaceAdmin(exchange);
        }
    }

    private DirectoryEntry find(PathValues path) {
        return ScimReader.number(path.get("id"))
                .flatMap(callers.directory()::find)
                .filter(entry -> entry.kind() == PrincipalKind.SERVICE_PRINCIPAL)
                .orElseThrow(() -> new ApiException(
                        404, "RESOURCE_DOES_NOT_EXIST", "Service principal " + path.get("id") + " does not exist."));
    }

    private ClientSecrets secrets() {
        return callers.identities().secrets();
    }

    private void create(Exchange exchange, DirectoryEntry principal) throws IOException {
        Duration lifetime = exchange.body().length == 0
                ? LONGEST
                : Json.text(Json.readObject(exchange), "lifetime")
                        .map(SecretRoutes::lifetime)
                        .orElse(LONGEST);
        ClientSecrets.Created created;
        synchronized (this) {
            if (secrets().of(principal.id()).size() >= MOST) {
                throw new ApiException(
                        400,
                        "QUOTA_EXCEEDED",
                        "A service principal can have up to " + MOST + " OAuth secrets; delete one first.");
            }
            created = secrets().add(principal.id(), lifetime);
        }
        exchange.addHeader("Cache-Control", "no-store");
        Json.respond(
                exchange, 200, json(created.info()).put("secret", created.text().reveal()));
    }

    private static Duration lifetime(String text) {
        Matcher seconds = LIFETIME.matcher(text);
        if (!seconds.matches()) {
            throw ApiException.invalid("lifetime must be a number of seconds such as 3600s, but was '" + text + "'.");
        }
        Duration lifetime = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
        if (lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw ApiException.invalid("lifetime must be between 1s and " + LONGEST.toSeconds() + "s (730 days).");
        }
        return lifetime;
    }

    private ObjectNode json(ClientSecret secret) {
        return Json.object()
                .put("id", secret.id())
                // Enough to tell secrets apart, and not what one is checked against.
                .put("secret_hash", secret.hash().substring(0, 16))
                .put("status", secret.endsAt().isAfter(clock.instant()) ? "ACTIVE" : "EXPIRED")
                .put("create_time", secret.createdAt().toString())
                .put("update_time", secret.createdAt().toString())
                .put("expire_time", secret.endsAt().toString());
    }

    private void list(Exchange exchange, DirectoryEntry principal) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("secrets");
        secrets().of(principal.id()).forEach(secret -> array.add(json(secret)));
        Json.respond(exchange, 200, answer);
    }

    private void delete(Exchange exchange, DirectoryEntry principal, String secret) throws IOException {
        if (!secrets().remove(principal.id(), secret)) {
            throw new ApiException(404, "RESOURCE_DOES_NOT_EXIST", "Secret " + secret + " does not exist.");
        }
        Json.respond(exchange, 200, Json.object());
    }
}
