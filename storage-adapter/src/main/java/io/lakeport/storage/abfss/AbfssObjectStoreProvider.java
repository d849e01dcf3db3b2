package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.storage.credential.PathCredentials;
import io.lakeport.storage.credential.Renewed;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.part.TransferLimits;
import io.lakeport.storage.rest.RestClient;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes stores for {@code abfss://container@account.dfs.core.windows.net/prefix/}.
 *
 * <p>One of: the secret {@code sas_token}; the secret {@code account_key}; the properties {@code tenant_id} and
 * {@code client_id} with the secret {@code client_secret}; the property {@code credentials=vended}. Further properties:
 * {@code endpoint} (a private endpoint or an emulator; https, or http on this machine), {@code authority}, and those of
 * {@link TransferLimits}. All of it: docs/stores.md.
 */
public final class AbfssObjectStoreProvider implements ObjectStoreProvider {
    private static final Set<String> PROPERTIES =
            Set.of("endpoint", "credentials", "tenant_id", "client_id", "authority");
    private static final Set<String> SECRETS = Set.of("sas_token", "account_key", "client_secret");

    private final Clock clock;

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public AbfssObjectStoreProvider() {
        this(Clock.systemUTC());
    }

    AbfssObjectStoreProvider(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("abfss");
    }

    @Override
    public ObjectStore open(ObjectStoreContext context) {
        String owner = "store '" + context.root() + "'";
        Set<String> known = new HashSet<>(PROPERTIES);
        known.addAll(TransferLimits.OPTIONS);
        Options options = Options.of(owner, context.properties(), known);
        Options.requireKnown(owner, "secret", context.secrets().keySet(), SECRETS);
        AbfssPlace place = AbfssPlace.of(context.root(), options);
        Authorizer authorizer = authorizer(owner, options, place, context);
        BlobClient client =
                new BlobClient(place, authorizer, new RestClient(context, URI.create(place.endpoint())), clock);
        return new AbfssObjectStore(client, TransferLimits.of(options, 1 << 20));
    }

    private Authorizer authorizer(String owner, Options options, AbfssPlace place, ObjectStoreContext context) {
        Map<String, Secret> secrets = context.secrets();
        switch (options.text("credentials").orElse("static")) {
            case "vended":
                return vended(PathCredentials.of(owner, context));
            case "static":
                break;
            default:
                throw options.malformed("credentials", "expected static or vended");
        }
        if (secrets.size() != 1) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    owner + " needs one of the secrets sas_token, account_key and client_secret, or credentials=vended;"
                            + " it has " + secrets.keySet());
        }
        return fixed(secrets.keySet().iterator().next(), options, place, context);
    }

    private Authorizer fixed(String kind, Options options, AbfssPlace place, ObjectStoreContext context) {
        Secret secret = java.util.Objects.requireNonNull(context.secrets().get(kind));
        return switch (kind) {
            case "sas_token" -> {
                SasToken token = SasToken.parse(secret);
                yield new SasAuthorizer(() -> token, refused -> false, clock);
            }
            case "account_key" -> new SharedKey(place.account(), secret);
            default -> {
                String id = options.text("client_id")
                        .orElseThrow(() -> options.malformed("client_id", "client_secret needs it"));
                yield new EntraAuthorizer(options, id, secret, context, clock);
            }
        };
    }

    private Authorizer vended(PathCredentials vending) {
        Renewed<SasToken> tokens = new Renewed<>(
                () -> vending.fetch(
                        "azure_user_delegation_sas",
                        answer -> SasToken.parse(
                                Secret.of(answer.path("sas_token").asText()))),
                clock);
        return new SasAuthorizer(tokens::get, tokens::refused, clock);
    }
}
