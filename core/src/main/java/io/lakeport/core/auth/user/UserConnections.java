package io.lakeport.core.auth.user;

import io.lakeport.core.auth.SignInCheckProvider;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user can do with the connections on which every user has a credential of their own: sign in or enter one, see
 * them, try them, and take them away. Thread-safe.
 *
 * <p>The host says who the user is; that it is so, it has made sure of. Starts and callbacks may come to different
 * hosts when they share a store.
 */
public final class UserConnections {
    private static final Logger LOG = LoggerFactory.getLogger(UserConnections.class);

    /** Properties that users may enter, beside secrets. */
    private static final Set<String> OWN = Set.of("client_id", "expires_at");

    private final Connections connections;
    private final UserCredentials store;
    private final SignInCheckProvider check;

    /** A connection: what its method may use, and the method. */
    public record Connection(TokenSourceContext context, TokenSourceProvider provider) {}

    /** Finds the connections. */
    public interface Connections {
        /**
         * Returns the connection of a tenant.
         *
         * @throws LakeportException NOT_FOUND when there is no such tenant; INVALID_REQUEST when all of its users share
         *     one credential
         */
        Connection of(TenantId tenant);

        /** Returns the tenants whose users have credentials of their own. */
        Collection<TenantId> perUser();
    }

    /** Creates the use case. */
    public UserConnections(Connections connections, UserCredentials store, SignInCheckProvider check) {
        this.connections = Objects.requireNonNull(connections, "connections");
        this.store = Objects.requireNonNull(store, "store");
        this.check = Objects.requireNonNull(check, "check");
    }

    /**
     * Begins a sign-in by the browser; no network call is made.
     *
     * @param redirect where the browser comes back to, exactly as the OAuth application has it
     * @throws LakeportException INVALID_REQUEST when the connection's users do not sign in by a browser, or the redirect
     *     cannot be used
     */
    public SignInStart start(TenantId tenant, UserId user, URI redirect) {
        Connection connection = connections.of(tenant);
        return browser(connection).start(session(connection, user), redirect);
    }

    /**
     * Ends a sign-in with what the browser brought back.
     *
     * @param user who is logged in at the host now; another than began it is refused
     * @param parameters the query of the callback, decoded
     * @return the connection as it is now
     * @throws LakeportException with a {@link SignInError}: SIGN_IN_UNKNOWN, _REPLAYED, _EXPIRED, _FORGED or _DENIED
     */
    public UserConnection callback(UserId user, Map<String, String> parameters, Deadline deadline) {
        UserCredentials.Begun begun = taken(user, parameters.getOrDefault("state", ""));
        Connection connection = connections.of(begun.owner().tenant());
        UserCredential credential =
                browser(connection).callback(session(connection, user), begun, parameters, deadline);
        return shown(connection, Optional.of(credential));
    }

    private UserCredentials.Begun taken(UserId user, String state) {
        UserCredentials.Returned returned = store.take(hash(state));
        return returned.begun()
                .orElseThrow(() -> returned.coming() == UserCredentials.Coming.AGAIN
                        ? new LakeportException(
                                SignInError.SIGN_IN_REPLAYED,
                                "user '" + user + "': this callback came before, and serves once; if the user did not"
                                        + " reload the page, somebody else has seen its URL. Begin again")
                        : new LakeportException(
                                SignInError.SIGN_IN_UNKNOWN,
                                "user '" + user
                                        + "': nobody began a sign-in with this state; it is forged, older than an"
                                        + " hour, or was begun on a host with another store. Begin again"));
    }

    private static String hash(String state) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Keeps a credential that the user entered, in place of an earlier one.
     *
     * @param properties what may be shown, beside what the connection has
     * @param secrets what may not, for example {@code token}
     * @throws LakeportException INVALID_REQUEST when the method cannot use it; nothing was kept then
     */
    public UserConnection enter(
            TenantId tenant, UserId user, Map<String, String> properties, Map<String, Secret> secrets) {
        Connection connection = connections.of(tenant);
        if (connection.provider() instanceof SupportsUserSignIn) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "users of tenant '" + tenant + "' sign in by a browser and enter nothing; begin a sign-in");
        }
        requireOwn(connection, properties, secrets);
        ConnectionUser owner = new ConnectionUser(tenant, user);
        UserCredential credential = UserCredential.obtained(
                owner,
                connection.provider().method(),
                properties,
                secrets,
                connection.context().clock().instant());
        // A secret pasted with a line break shows here, and not at the first query.
        TokenSource unused = EnteredTokens.open(connection.context(), connection.provider(), credential);
        while (store.write(
                        credential,
                        store.find(owner).map(UserCredentials.Kept::revision).orElse(0L))
                .isEmpty()) {
            // Somebody noted a use of the earlier one.
        }
        return shown(connection, Optional.of(credential));
    }

    /** What the connection has is its admin's: a user who could change a host would send its secrets elsewhere. */
    private static void requireOwn(Connection connection, Map<String, String> properties, Map<String, Secret> secrets) {
        for (String key : properties.keySet()) {
            if (!OWN.contains(key)
                    || connection.context().settings().properties().containsKey(key)) {
                throw new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "property '" + key + "' belongs to the connection of tenant '"
                                + connection.context().tenant() + "'; users enter " + OWN
                                + " only, where the connection has none");
            }
        }
        for (String key : secrets.keySet()) {
            if (connection.context().settings().secrets().containsKey(key)) {
                throw new LakeportException(
                        CoreError.INVALID_ARGUMENT,
                        "secret '" + key + "' belongs to the connection of tenant '"
                                + connection.context().tenant() + "', and cannot be a user's as well");
            }
        }
    }

    /** Returns every connection that asks users for a credential, as this user sees it, ordered by tenant. */
    public List<UserConnection> of(UserId user) {
        Collection<TenantId> tenants = connections.perUser();
        List<UserCredential> own = store.of(user, tenants);
        return tenants.stream()
                .sorted(Comparator.comparing(TenantId::value))
                .map(tenant -> shown(
                        connections.of(tenant),
                        own.stream()
                                .filter(credential ->
                                        credential.owner().tenant().equals(tenant))
                                .findFirst()))
                .toList();
    }

    private static UserConnection shown(Connection connection, Optional<UserCredential> credential) {
        return UserConnection.of(
                connection.context().tenant(),
                connection.provider().method(),
                connection.provider() instanceof SupportsUserSignIn,
                credential);
    }

    /**
     * Tries the user's credential at the workspace.
     *
     * @throws LakeportException with a {@link SignInError} that says what is wrong; USER_NOT_SIGNED_IN when there is none
     */
    public SignedIn test(TenantId tenant, UserId user, Deadline deadline) {
        Connection connection = connections.of(tenant);
        return check.check(connection.context(), tokens(tenant, user), deadline);
    }

    /** Returns the user's tokens. No call is made before the first token is asked for. */
    public TokenSource tokens(TenantId tenant, UserId user) {
        Connection connection = connections.of(tenant);
        TokenSourceContext context = session(connection, user);
        return connection.provider() instanceof SupportsUserSignIn
                ? connection.provider().open(context)
                : new EnteredTokens(
                        context, connection.provider(), new UserSession(new ConnectionUser(tenant, user), store));
    }

    /**
     * Takes a user's credential away: here in any case, and at Databricks where the method knows how.
     *
     * @return whether nothing of it opens anything any more; false when a token that is out lives to its end, or when a
     *     credential that was entered must be revoked by its owner
     */
    public boolean revoke(TenantId tenant, UserId user, Deadline deadline) {
        Connection connection = connections.of(tenant);
        ConnectionUser owner = new ConnectionUser(tenant, user);
        Optional<UserCredential> credential = store.find(owner).map(UserCredentials.Kept::credential);
        // First here: whatever the service answers, this process must not use it any more.
        boolean there = store.remove(owner);
        if (!there || credential.isEmpty()) {
            return true;
        }
        return connection.provider() instanceof SupportsUserSignIn flow
                && revoked(flow, session(connection, user), credential.get(), deadline);
    }

    private static boolean revoked(
            SupportsUserSignIn flow, TokenSourceContext context, UserCredential credential, Deadline deadline) {
        try {
            return flow.revoke(context, credential, deadline);
        } catch (LakeportException e) {
            LOG.warn("{} was signed out here, but not at Databricks: {}", credential.owner(), e.getMessage());
            return false;
        }
    }

    private TokenSourceContext session(Connection connection, UserId user) {
        return connection
                .context()
                .of(new UserSession(new ConnectionUser(connection.context().tenant(), user), store));
    }

    private static SupportsUserSignIn browser(Connection connection) {
        if (connection.provider() instanceof SupportsUserSignIn flow) {
            return flow;
        }
        throw new LakeportException(
                CoreError.INVALID_ARGUMENT,
                "users of tenant '" + connection.context().tenant() + "' enter a credential for method '"
                        + connection.provider().method() + "', and do not sign in by a browser");
    }
}
