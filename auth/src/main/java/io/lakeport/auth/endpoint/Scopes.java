package io.lakeport.auth.endpoint;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.SignInError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.sql.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which scopes a flow may ask for. A wrong one is refused here, where it can be said why, and not by the service. */
public final class Scopes {
    /** Everything that the identity may do. */
    public static final String ALL_APIS = "all-apis";

    /** A refresh token. */
    public static final String OFFLINE = "offline_access";

    /** Property that holds the scopes. */
    public static final String PROPERTY = "scope";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,100}");
    private static final List<String> KNOWN = List.of(ALL_APIS, "sql", OFFLINE, "openid", "profile", "email");
    private static final Set<String> OF_A_PERSON = Set.of(OFFLINE, "openid", "profile", "email");

    private Scopes() {}

    /**
     * Reads the scopes of a flow without a person: {@code all-apis} unless others are set.
     *
     * @throws LakeportException INVALID_REQUEST (WRONG_SCOPE) naming the scope and why it is refused
     */
    public static String ofMachine(MethodSettings settings) {
        Set<String> scopes = read(settings, ALL_APIS);
        for (String scope : scopes) {
            if (OF_A_PERSON.contains(scope)) {
                throw wrong(
                        settings,
                        scope,
                        scope.equals(OFFLINE)
                                ? "asks for a refresh token, and this flow has none: whoever has the credential can"
                                        + " have another token at any time"
                                : "tells about a person, and no person signs in here");
            }
        }
        return String.join(" ", scopes);
    }

    /** Reads the scopes of a user's sign-in: {@code all-apis offline_access} unless others are set. */
    public static Set<String> ofUser(MethodSettings settings) {
        Set<String> scopes = read(settings, ALL_APIS + " " + OFFLINE);
        if (OF_A_PERSON.containsAll(scopes)) {
            throw wrong(settings, String.join(" ", scopes), "opens no API; add 'sql' for warehouses, or 'all-apis'");
        }
        return scopes;
    }

    private static Set<String> read(MethodSettings settings, String otherwise) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : settings.words(PROPERTY).orElse(otherwise).split(" +")) {
            if (!NAME.matcher(scope).matches()) {
                throw wrong(settings, scope, "is not how a scope is written; separate several by spaces");
            }
            Optional<String> meant = NearestName.to(scope, KNOWN);
            if (!KNOWN.contains(scope) && meant.isPresent() && scope.length() > 4) {
                throw wrong(settings, scope, "is no scope of Databricks; did you mean '" + meant.get() + "'?");
            }
            scopes.add(scope);
        }
        return scopes;
    }

    private static LakeportException wrong(MethodSettings settings, String scope, String why) {
        return settings.error(SignInError.WRONG_SCOPE, "property '" + PROPERTY + "': '" + scope + "' " + why);
    }
}
