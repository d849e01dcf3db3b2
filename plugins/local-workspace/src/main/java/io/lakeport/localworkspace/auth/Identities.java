package io.lakeport.localworkspace.auth;

import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.cloud.CloudIdentities;
import io.lakeport.localworkspace.directory.Assignment;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.PrincipalKind;
import io.lakeport.localworkspace.state.StateFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The principals of the workspace with their credentials, for tests to add, end and revoke some. What is here survives
 * a restart when the workspace has a data directory; of credentials only hashes are kept. Thread-safe.
 */
public final class Identities {
    private final Directory directory;
    private final ClientSecrets secrets;
    private final PersonalTokens tokens;
    private final OAuthSessions sessions;
    private final OAuthApps apps;
    private final FederationPolicies federation;
    private final CloudIdentities clouds;
    private volatile Optional<Long> browserUser = Optional.empty();

    /** Opens the principals that {@code state} remembers. */
    public Identities(StateFiles state, Clock clock) {
        this.directory = new Directory(state);
        this.secrets = new ClientSecrets(state, clock);
        this.tokens = new PersonalTokens(state, clock);
        this.sessions = new OAuthSessions(state, clock);
        this.apps = new OAuthApps(state);
        this.federation = new FederationPolicies(state);
        this.clouds = new CloudIdentities(clock);
    }

    /** Returns the users, service principals and groups. */
    public Directory directory() {
        return directory;
    }

    /** Returns the OAuth secrets of service principals. */
    public ClientSecrets secrets() {
        return secrets;
    }

    /** Returns the personal access tokens. */
    public PersonalTokens tokens() {
        return tokens;
    }

    /** Returns the applications that users may sign in to. */
    public OAuthApps apps() {
        return apps;
    }

    /** Returns whose tokens the account trusts. */
    public FederationPolicies federation() {
        return federation;
    }

    /** Returns the identity providers of clouds, whose tokens the workspace takes. */
    public CloudIdentities clouds() {
        return clouds;
    }

    OAuthSessions sessions() {
        return sessions;
    }

    /** Adds a service principal without credentials, assigned to the workspace as a user. */
    public Principal addServicePrincipal(String displayName) {
        return add(DirectoryEntry.builder(
                        PrincipalKind.SERVICE_PRINCIPAL, UUID.randomUUID().toString())
                .displayName(displayName));
    }

    /** Adds a user without credentials, assigned to the workspace as a user. */
    public Principal addUser(String userName) {
        return add(DirectoryEntry.builder(PrincipalKind.USER, userName.toLowerCase(Locale.ROOT)));
    }

    private Principal add(DirectoryEntry.Builder entry) {
        return Principal.of(
                directory.add(entry.assignment(Optional.of(Assignment.USER)).build()));
    }

    /** Adds a group of the account, assigned to the workspace. */
    public DirectoryEntry addGroup(String name) {
        return directory.add(DirectoryEntry.builder(PrincipalKind.GROUP, name)
                .assignment(Optional.of(Assignment.USER))
                .build());
    }

    /** Puts a user or service principal into a group. */
    public void addMember(DirectoryEntry group, Principal member) {
        directory.update(group.id(), entry -> {
            Set<Long> members = new LinkedHashSet<>(entry.members());
            members.add(member.id());
            return entry.toBuilder().members(members).build();
        });
    }

    /** Makes a principal an administrator of the workspace, of the account too if asked. */
    public void makeAdmin(Principal principal, boolean accountToo) {
        change(
                principal,
                entry -> entry.toBuilder()
                        .assignment(Optional.of(Assignment.ADMIN))
                        .roles(accountToo ? Set.of("account_admin") : entry.roles())
                        .build());
    }

    /** Takes a principal out of the workspace; it stays in the account. */
    public void unassign(Principal principal) {
        change(
                principal,
                entry -> entry.toBuilder().assignment(Optional.empty()).build());
    }

    /** Sets whether a principal may sign in. */
    public void setActive(Principal principal, boolean active) {
        change(principal, entry -> entry.toBuilder().active(active).build());
    }

    private void change(Principal principal, UnaryOperator<DirectoryEntry> change) {
        if (directory.update(principal.id(), change).isEmpty()) {
            throw new IllegalArgumentException("there is no principal " + principal.id() + " any more");
        }
    }

    /** Creates an OAuth secret, {@code dose} and 32 hexadecimal digits. A zero or negative lifetime has ended already. */
    public Secret addSecret(Principal principal, Duration lifetime) {
        return secrets.add(principal.id(), lifetime).text();
    }

    /** Ends every OAuth secret of a principal now; tokens already issued stay valid. */
    public void expireSecrets(Principal principal) {
        secrets.endAll(principal.id());
    }

    /** Creates a personal access token, {@code dapi} and 32 hexadecimal digits. */
    public Secret addToken(Principal principal, Duration lifetime) {
        return tokens.add(principal.id(), principal.id(), "", Optional.of(lifetime))
                .text();
    }

    /** Revokes a personal access token. */
    public void revokeToken(Secret token) {
        tokens.known(token.reveal()).ifPresent(tokens::remove);
    }

    /** Ends every personal access token of a principal now. */
    public void expireTokens(Principal principal) {
        tokens.endAll(principal.id());
    }

    /** Revokes every OAuth token that was issued to a principal, access and refresh tokens; it may sign in again. */
    public void revokeOAuthTokens(Principal principal) {
        sessions.revokeAll(principal.id());
    }

    /** Chooses who signs in when a client opens the browser; without it the authorize page asks. */
    public void signInBrowserAs(Principal user) {
        browserUser = Optional.of(user.id());
    }

    Optional<Principal> browserUser() {
        return browserUser.flatMap(this::find);
    }

    /** Finds the service principal of a name that has it already, or adds it; for what every start needs. */
    public Principal startupPrincipal(String displayName) {
        DirectoryEntry entry = directory.all().stream()
                .filter(known -> known.kind() == PrincipalKind.SERVICE_PRINCIPAL
                        && known.displayName().equals(displayName))
                .findFirst()
                .orElseGet(() -> directory.add(DirectoryEntry.builder(
                                PrincipalKind.SERVICE_PRINCIPAL,
                                UUID.randomUUID().toString())
                        .displayName(displayName)
                        .assignment(Optional.of(Assignment.ADMIN))
                        .roles(Set.of("account_admin"))
                        .build()));
        secrets.forgetOldStarts(entry.id());
        tokens.forgetOldStarts(entry.id());
        return Principal.of(entry);
    }

    /** Creates the OAuth secret of a start. */
    public Secret startupSecret(Principal principal, Duration lifetime) {
        return secrets.add(principal.id(), lifetime, true).text();
    }

    /** Creates the personal access token of a start. */
    public Secret startupToken(Principal principal, Duration lifetime) {
        return tokens.add(principal.id(), principal.id(), "Made at the start", Optional.of(lifetime), List.of(), true)
                .text();
    }

    /** Removes a user, service principal or group with all its credentials. Returns whether it was there. */
    public boolean remove(long id) {
        secrets.removeAll(id);
        tokens.removeAll(id);
        sessions.revokeAll(id);
        federation.removeAll(id);
        return directory.remove(id);
    }

    /** Returns a user or service principal by the name it signs in with. */
    public Optional<Principal> find(String name) {
        return entry(name).map(Principal::of);
    }

    /** Returns a user or service principal by its id. */
    public Optional<Principal> find(long id) {
        return directory.find(id).filter(entry -> !entry.isGroup()).map(Principal::of);
    }

    private Optional<DirectoryEntry> entry(String name) {
        return directory.find(PrincipalKind.SERVICE_PRINCIPAL, name).or(() -> directory.find(PrincipalKind.USER, name));
    }

    /** Whether a principal may sign in at all. */
    boolean isActive(Principal principal) {
        return directory.find(principal.id()).filter(DirectoryEntry::active).isPresent();
    }

    /** Whether a principal is assigned to the workspace. */
    boolean isInWorkspace(Principal principal) {
        return directory.find(principal.id()).filter(directory::inWorkspace).isPresent();
    }

    Set<String> entitlementsOf(Principal principal) {
        return directory.find(principal.id()).map(directory::entitlementsOf).orElse(Set.of());
    }

    /** Checks an OAuth secret. */
    SecretCheck check(String applicationId, String secret) {
        Optional<DirectoryEntry> known = directory.find(PrincipalKind.SERVICE_PRINCIPAL, applicationId);
        if (known.isEmpty()) {
            return SecretCheck.UNKNOWN_CLIENT;
        }
        SecretCheck check = secrets.check(known.get().id(), secret);
        return check == SecretCheck.VALID && !known.get().active() ? SecretCheck.INACTIVE : check;
    }

    /** Returns whose personal access token this is. */
    Optional<Principal> ownerOf(PersonalToken token) {
        return find(token.ownerId()).filter(this::isActive);
    }
}
