package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Form;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;

/**
 * The token endpoints of clouds, on the workspace's own port: {@code /entra/<directory>/oauth2/v2.0/token},
 * {@code /metadata/identity/oauth2/token} (virtual machines), {@code /msi/token} (App Service) and {@code
 * /google/token}. Clients are told where by configuration.
 */
public final class CloudRoutes {
    private final CloudIdentities clouds;

    /** Creates the routes. */
    public CloudRoutes(CloudIdentities clouds) {
        this.clouds = clouds;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("POST", "/entra/{tenant}/oauth2/v2.0/token", (exchange, path) -> {
            String endpoint = exchange.base() + exchange.path();
            answer(exchange, () -> clouds.entra().token(path.get("tenant"), endpoint, Form.read(exchange)));
        });
        router.add(
                "GET",
                "/metadata/identity/oauth2/token",
                (exchange, path) -> answer(exchange, () -> machine(exchange)));
        router.add("GET", "/msi/token", (exchange, path) -> answer(exchange, () -> appService(exchange)));
        router.add("POST", "/google/token", (exchange, path) -> {
            String endpoint = exchange.base() + exchange.path();
            answer(exchange, () -> clouds.google().token(endpoint, Form.read(exchange)));
        });
    }

    private interface Action {
        ObjectNode run() throws ProviderRefusal, IOException;
    }

    private static void answer(Exchange exchange, Action action) throws IOException {
        exchange.addHeader("Cache-Control", "no-store");
        try {
            Json.respond(exchange, 200, action.run());
        } catch (ProviderRefusal e) {
            Json.respond(exchange, e.status(), e.body());
        }
    }

    private ObjectNode machine(Exchange exchange) throws ProviderRefusal, JsonProcessingException {
        if (!exchange.header("Metadata").orElse("").equalsIgnoreCase("true")) {
            throw new ProviderRefusal(400, "invalid_request", "Required metadata header not specified");
        }
        if (exchange.header("X-Forwarded-For").isPresent()) {
            throw new ProviderRefusal(400, "invalid_request", "Forwarded requests are not supported");
        }
        return identity(exchange, false);
    }

    private ObjectNode appService(Exchange exchange) throws ProviderRefusal, JsonProcessingException {
        String given = exchange.header("X-IDENTITY-HEADER").orElse("");
        if (given.isBlank() || !Secret.of(given).sameValueAs(clouds.managed().identityHeader())) {
            throw new ProviderRefusal(401, "unauthorized", "The X-IDENTITY-HEADER is missing or wrong");
        }
        return identity(exchange, true);
    }

    private ObjectNode identity(Exchange exchange, boolean appService) throws ProviderRefusal, JsonProcessingException {
        if (exchange.query("api-version").isEmpty()) {
            throw new ProviderRefusal(400, "invalid_request", "Required query variable 'api-version' is missing");
        }
        return clouds.managed().token(exchange.query("client_id"), exchange.query("resource"), appService);
    }
}
