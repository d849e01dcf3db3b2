package io.lakeport.localworkspace.auth;

import io.lakeport.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The workspace's service principals, their OAuth secrets and personal access tokens. Keeps hashes of credentials
 * only. Thread-safe.
 */
public final class Identities {
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong nextId = new AtomicLong(4_611_686_018_427_387L);
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, List<Expiring>> secrets = new ConcurrentHashMap<>();
    private final Map<String, Expiring> tokens = new ConcurrentHashMap<>();

    /** Creates an empty registry. */
    public Identities(Clock clock) {
        this.clock = clock;
    }

    /** Adds a service principal without credentials. */
    public Principal addServicePrincipal(String displayName) {
        Principal principal =
                new Principal(nextId.incrementAndGet(), UUID.randomUUID().toString(), displayName);
        principals.put(principal.applicationId(), principal);
        secrets.put(principal.applicationId(), new CopyOnWriteArrayList<>());
        return principal;
    }

    /** Creates an OAuth secret, {@code dose} and 32 hexadecimal digits. A zero or negative lifetime has ended already. */
    public Secret addSecret(Principal principal, Duration lifetime) {
        String value = "dose" + randomHex(16);
        secretsOf(principal.applicationId())
                .add(new Expiring(hash(value), principal, clock.instant().plus(lifetime)));
        return Secret.of(value);
    }

    /** Ends every OAuth secret of a principal now; tokens already issued stay valid. */
    public void expireSecrets(Principal principal) {
        secretsOf(principal.applicationId())
                .replaceAll(secret -> new Expiring(secret.hash(), principal, clock.instant()));
    }

    /** Creates a personal access token, {@code dapi} and 32 hexadecimal digits. */
    public Secret addToken(Principal principal, Duration lifetime) {
        String value = "dapi" + randomHex(16);
        tokens.put(
                hash(value),
                new Expiring(hash(value), principal, clock.instant().plus(lifetime)));
        return Secret.of(value);
    }

    /** Revokes a personal access token. */
    public void revokeToken(Secret token) {
        tokens.remove(hash(token.reveal()));
    }

    /** Returns a principal by its application id. */
    public Optional<Principal> find(String applicationId) {
        return Optional.ofNullable(principals.get(applicationId));
    }

    /** Checks an OAuth secret. */
    SecretCheck check(String applicationId, String secret) {
        if (!principals.containsKey(applicationId)) {
            return SecretCheck.UNKNOWN_CLIENT;
        }
        String hash = hash(secret);
        for (Expiring known : secretsOf(applicationId)) {
            if (known.hash().equals(hash)) {
                return known.endsAt().isAfter(clock.instant()) ? SecretCheck.VALID : SecretCheck.EXPIRED;
            }
        }
        return SecretCheck.WRONG_SECRET;
    }

    /** Returns whose valid personal access token this is. */
    Optional<Principal> ownerOf(String token) {
        Expiring known = tokens.get(hash(token));
        return known != null && known.endsAt().isAfter(clock.instant())
                ? Optional.of(known.principal())
                : Optional.empty();
    }

    private List<Expiring> secretsOf(String applicationId) {
        return secrets.computeIfAbsent(applicationId, id -> new CopyOnWriteArrayList<>());
    }

    private String randomHex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** Comparing hashes also keeps the time of a comparison independent of the credential. */
    private static String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Expiring(String hash, Principal principal, Instant endsAt) {}
}
