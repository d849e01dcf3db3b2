package io.lakeport.audit.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.account.AppRegistrations;
import io.lakeport.core.account.AppRequest;
import io.lakeport.core.account.OAuthApp;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account's own OAuth applications. */
final class SdkApps implements AppRegistrations {
    private final SdkRest rest;
    private final RestPath root;
    private final String account;

    SdkApps(DatabricksAccount account, SdkRest rest) {
        this.rest = rest;
        this.account = account.id();
        this.root = RestPath.of("/api/2.0/accounts/{}/oauth2/custom-app-integrations", account.id());
    }

    @Override
    public List<OAuthApp> list(Deadline deadline) {
        return rest.list("rest.apps", "listing the OAuth applications", root, "apps", deadline).stream()
                .map(SdkApps::app)
                .toList();
    }

    private static OAuthApp app(JsonNode info) {
        JsonNode policy = info.path("token_access_policy");
        return new OAuthApp(
                info.path("integration_id").asText(),
                info.path("client_id").asText(),
                info.path("name").asText(),
                texts(info.path("redirect_urls")).stream().map(URI::create).toList(),
                info.path("confidential").asBoolean(),
                texts(info.path("scopes")),
                minutes(policy, "access_token_ttl_in_minutes"),
                minutes(policy, "refresh_token_ttl_in_minutes"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<Duration> minutes(JsonNode policy, String member) {
        return policy.hasNonNull(member)
                ? Optional.of(Duration.ofMinutes(policy.path(member).asLong()))
                : Optional.empty();
    }

    @Override
    public Registered register(AppRequest request, Deadline deadline) {
        ObjectNode body = SdkRest.object().put("name", request.name()).put("confidential", request.confidential());
        request.redirectUrls().forEach(url -> body.withArray("redirect_urls").add(url.toString()));
        request.scopes().forEach(body.withArray("scopes")::add);
        SdkClient.Withheld<JsonNode> withheld = rest.createWithheld(
                "rest.app.create",
                "registering OAuth application '" + request.name() + "'",
                root,
                body,
                "client_secret",
                deadline);
        JsonNode answer = withheld.answer();
        OAuthApp app = new OAuthApp(
                answer.path("integration_id").asText(),
                answer.path("client_id").asText(),
                request.name(),
                request.redirectUrls(),
                request.confidential(),
                request.scopes(),
                Optional.empty(),
                Optional.empty());
        return new Registered(app, withheld.secret());
    }

    @Override
    public void delete(String integrationId, Deadline deadline) {
        rest.put(
                "rest.app.delete",
                "removing OAuth application " + integrationId,
                "DELETE",
                RestPath.of("/api/2.0/accounts/{}/oauth2/custom-app-integrations/{}", account, integrationId),
                SdkRest.object(),
                deadline);
    }
}
