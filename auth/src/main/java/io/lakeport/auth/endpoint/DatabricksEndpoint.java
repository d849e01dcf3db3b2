package io.lakeport.auth.endpoint;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Databricks gives tokens to a tenant: at the workspace, at its account when {@code account_id} is set, or where
 * {@code token_endpoint} says. The workspace's endpoint is {@code /oidc/v1/token}; only when that path does not exist is
 * the discovery document asked for another. Thread-safe.
 */
public final class DatabricksEndpoint {
    /** Properties that say where, for the list of those that a method knows. */
    public static final Set<String> PROPERTIES = Set.of("token_endpoint", "account_id", "accounts_host");

    private final TokenSourceContext context;
    private final Optional<URI> given;
    private final Optional<DatabricksAccount> account;

    /** The endpoint that discovery named, kept so that it is asked for once. */
    private volatile @Nullable URI discovered;

    private DatabricksEndpoint(TokenSourceContext context, Optional<URI> given, Optional<DatabricksAccount> account) {
        this.context = context;
        this.given = given;
        this.account = account;
    }

    /**
     * Reads where tokens are to be had.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when a URL or id cannot be used
     */
    public static DatabricksEndpoint of(TokenSourceContext context, MethodSettings settings) {
        return new DatabricksEndpoint(context, settings.url("token_endpoint"), account(context, settings));
    }

    private static Optional<DatabricksAccount> account(TokenSourceContext context, MethodSettings settings) {
        Optional<URI> host = settings.url("accounts_host");
        Optional<String> id = settings.optional("account_id");
        if (id.isEmpty()) {
            host.ifPresent(unused -> {
                throw settings.invalid("property 'accounts_host' stands without 'account_id'; give both, or neither for"
                        + " tokens of the workspace");
            });
            return Optional.empty();
        }
        URI console = host.or(() -> DatabricksAccount.consoleOf(context.host()))
                .orElseThrow(() -> settings.invalid("property 'accounts_host' is missing: the workspace's name does not"
                        + " tell which cloud it is on; give for example https://accounts.cloud.databricks.com"));
        try {
            return Optional.of(new DatabricksAccount(console, id.get()));
        } catch (IllegalArgumentException e) {
            throw settings.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the account, when tokens come from there. */
    public Optional<DatabricksAccount> account() {
        return account;
    }

    /** Returns where a user signs in. */
    public URI authorizeEndpoint() {
        return account.map(DatabricksAccount::authorizeEndpoint)
                .orElseGet(() -> context.host().resolve("/oidc/v1/authorize"));
    }

    /** Returns the issuer whose id tokens a sign-in brings. */
    public URI issuer() {
        return account.map(DatabricksAccount::issuer)
                .orElseGet(() -> context.host().resolve("/oidc"));
    }

    /** Asks for a token. */
    public TokenReply token(TokenEndpoint asking, TokenForm form, Deadline deadline) {
        URI known = discovered;
        Optional<URI> fixed = given.or(() -> account.map(DatabricksAccount::tokenEndpoint));
        URI endpoint = known != null ? known : fixed.orElse(context.host().resolve(Endpoints.TOKEN_PATH));
        Optional<TokenReply> token = asking.ask(endpoint, form, deadline);
        if (token.isPresent()) {
            return token.get();
        }
        if (known != null || fixed.isPresent()) {
            throw asking.noSuchEndpoint(endpoint);
        }
        URI other = discover(asking, form, deadline);
        TokenReply fromOther = asking.require(other, form, deadline);
        discovered = other;
        return fromOther;
    }

    private URI discover(TokenEndpoint asking, TokenForm form, Deadline deadline) {
        URI document = context.host().resolve(Endpoints.DISCOVERY_PATH);
        return asking.exchange("token.discovery", deadline, limit -> {
            String what = asking.what("asking " + document.getAuthority() + " for its token endpoint");
            Answer answer = TokenHttp.send(asking.request(document).GET(), what, limit);
            return endpoint(answer, document, asking, form);
        });
    }

    private static URI endpoint(Answer answer, URI document, TokenEndpoint asking, TokenForm form) {
        if (answer.status() == 429 || (answer.status() >= 500 && answer.status() != 501)) {
            throw asking.refused(answer, document, form);
        }
        String text = answer.status() == 200
                ? answer.json()
                        .map(node -> node.path("token_endpoint").asText(""))
                        .orElse("")
                : "";
        if (text.isBlank()) {
            throw asking.unexpected(document, answer.described() + " instead of a discovery document");
        }
        return Endpoints.safe(text)
                .orElseThrow(() -> asking.unexpected(document, "a token endpoint to which no secret may be sent"));
    }
}
