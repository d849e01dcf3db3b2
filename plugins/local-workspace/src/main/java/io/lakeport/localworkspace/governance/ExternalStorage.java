package io.lakeport.localworkspace.governance;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Storage credentials and external locations: which credential reaches which URL. Checks no privileges. Thread-safe;
 * survives a restart as the workspace's state does.
 */
public final class ExternalStorage {
    /** Detail of a location: its URL, without a slash at the end. */
    public static final String URL = "url";

    /** Detail of a location: name of its credential. */
    public static final String CREDENTIAL = "credential_name";

    /** Detail of both: {@code true} when nothing may be written. */
    public static final String READ_ONLY = "read_only";

    /** Detail of a credential: field of the REST API that holds its identity, for example {@code aws_iam_role}. */
    public static final String KIND = "kind";

    /** Detail of a credential: the identity as JSON, without secrets. */
    public static final String IDENTITY = "identity";

    private final Securables securables;
    private final Grants grants;

    ExternalStorage(Securables securables, Grants grants) {
        this.securables = securables;
        this.grants = grants;
    }

    /** Returns the name of a credential as an object. */
    public static Securable credential(String name) {
        return Securable.of(SecurableType.STORAGE_CREDENTIAL, name);
    }

    /** Returns the name of a location as an object. */
    public static Securable location(String name) {
        return Securable.of(SecurableType.EXTERNAL_LOCATION, name);
    }

    /**
     * Creates a credential.
     *
     * @param kind field of the REST API, for example {@code azure_managed_identity}
     * @param identity JSON of that field, without secrets
     * @throws GovernanceException when there is one of that name
     */
    public synchronized SecurableInfo createCredential(
            String name, String by, String kind, String identity, boolean readOnly) {
        Securable securable = credential(name);
        requireNew(securable);
        Map<String, String> details = new TreeMap<>(Map.of(KIND, kind, IDENTITY, identity));
        details.put(READ_ONLY, String.valueOf(readOnly));
        return securables.create(securable, by, details);
    }

    /**
     * Creates a location.
     *
     * @throws GovernanceException when there is one of that name, the credential is unknown, or the URL is none of cloud
     *     storage or overlaps with another location
     */
    public synchronized SecurableInfo createLocation(
            String name, String by, String url, String credential, boolean readOnly) {
        Securable securable = location(name);
        requireNew(securable);
        String plain = checkedUrl(securable, url);
        requireCredential(credential);
        Map<String, String> details =
                new TreeMap<>(Map.of(URL, plain, CREDENTIAL, credential.toLowerCase(Locale.ROOT)));
        details.put(READ_ONLY, String.valueOf(readOnly));
        return securables.create(securable, by, details);
    }

    /** Gives a location another URL; the same rules hold as for a new one. */
    public synchronized SecurableInfo moveLocation(String name, String by, String url) {
        String plain = checkedUrl(location(name), url);
        return securables.update(location(name), by, i -> i.withDetail(URL, plain));
    }

    /** Gives a location another credential. */
    public SecurableInfo reassignLocation(String name, String by, String credential) {
        requireCredential(credential);
        return securables.update(
                location(name), by, i -> i.withDetail(CREDENTIAL, credential.toLowerCase(Locale.ROOT)));
    }

    private void requireCredential(String credential) {
        if (securables.find(credential(credential)).isEmpty()) {
            throw GovernanceException.missing(credential(credential));
        }
    }

    private String checkedUrl(Securable self, String url) {
        String plain = url.replaceAll("/+$", "");
        if (!isStorage(plain)) {
            throw GovernanceException.invalid("Invalid url '" + url + "': expected a cloud storage url such as"
                    + " s3://bucket/path or abfss://container@account.dfs.core.windows.net/path.");
        }
        locations().stream()
                .filter(l -> !l.securable().equals(self) && overlaps(plain, String.valueOf(l.detail(URL))))
                .findFirst()
                .ifPresent(l -> {
                    throw GovernanceException.invalid("Input path url '" + plain
                            + "' overlaps with an existing external location '"
                            + l.securable().lastName() + "' with url '" + l.detail(URL) + "'.");
                });
        return plain;
    }

    private static boolean isStorage(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getScheme() != null
                    && List.of("s3", "s3a", "abfss", "abfs", "wasbs", "gs", "r2")
                            .contains(uri.getScheme())
                    && uri.getAuthority() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean overlaps(String a, String b) {
        return (a + "/").startsWith(b + "/") || (b + "/").startsWith(a + "/");
    }

    private void requireNew(Securable securable) {
        if (securables.find(securable).isPresent()) {
            throw GovernanceException.exists(securable);
        }
    }

    /** Returns all locations in order of their names. */
    public List<SecurableInfo> locations() {
        return securables.all(SecurableType.EXTERNAL_LOCATION);
    }

    /** Returns all credentials in order of their names. */
    public List<SecurableInfo> credentials() {
        return securables.all(SecurableType.STORAGE_CREDENTIAL);
    }

    /** Returns the location that a URL lies in. */
    public Optional<SecurableInfo> locationOf(String url) {
        String path = url.replaceAll("/+$", "") + "/";
        return locations().stream()
                .filter(l -> path.startsWith(l.detail(URL) + "/"))
                .findFirst();
    }

    /**
     * Removes a credential or location and what was granted on it.
     *
     * @param force also when locations use the credential, or volumes lie in the location
     * @throws GovernanceException when there is no such object, or it is in use
     */
    public synchronized void drop(Securable securable, boolean force) {
        if (securables.find(securable).isEmpty()) {
            throw GovernanceException.missing(securable);
        }
        if (!force && inUse(securable)) {
            boolean credential = securable.type() == SecurableType.STORAGE_CREDENTIAL;
            throw new GovernanceException(
                    400,
                    "INVALID_STATE",
                    securable.described() + " has dependent "
                            + (credential ? "external locations" : "external volumes or tables")
                            + ". Use the force option to delete it nevertheless.");
        }
        grants.removeAll(securable);
        securables.remove(securable);
    }

    /**
     * Gives a credential or location another name; locations stay with their credential.
     *
     * @throws GovernanceException when there is one of that name
     */
    public synchronized void rename(Securable from, Securable to) {
        requireNew(to);
        grants.rename(from, to);
        securables.rename(from, to);
        locations().stream()
                .filter(l -> from.type() == SecurableType.STORAGE_CREDENTIAL
                        && from.lastName().equals(l.detail(CREDENTIAL)))
                .forEach(l ->
                        securables.update(l.securable(), l.updatedBy(), i -> i.withDetail(CREDENTIAL, to.lastName())));
    }

    private boolean inUse(Securable securable) {
        if (securable.type() == SecurableType.STORAGE_CREDENTIAL) {
            return locations().stream().anyMatch(l -> securable.lastName().equals(l.detail(CREDENTIAL)));
        }
        String url = securables.get(securable).detail(URL) + "/";
        return securables.all(SecurableType.VOLUME).stream()
                .anyMatch(v -> (v.detail("storage_location") + "/").startsWith(url));
    }
}
