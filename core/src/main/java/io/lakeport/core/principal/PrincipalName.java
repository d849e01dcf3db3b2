package io.lakeport.core.principal;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody, by the name under which rights are granted.
 *
 * @param kind what it is
 * @param name user name, application id of a service principal (never its display name), or name of a group
 */
public record PrincipalName(PrincipalKind kind, String name) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    public PrincipalName {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("the name of a " + kind.words() + " has 1 to 255 characters, and no"
                    + " control characters among them");
        }
        if (kind == PrincipalKind.SERVICE_PRINCIPAL && !isApplicationId(name) && !isPlaceholder(name)) {
            throw new IllegalArgumentException("'" + name + "' is no application id of a service principal: copy the"
                    + " 'Application ID' (a UUID), not its display name");
        }
    }

    /** Returns whether a name can be the application id of a service principal. */
    public static boolean isApplicationId(String name) {
        return UUID.matcher(name).matches();
    }

    /** Returns a service principal by its application id. */
    public static PrincipalName servicePrincipal(String applicationId) {
        return new PrincipalName(PrincipalKind.SERVICE_PRINCIPAL, applicationId);
    }

    /** Returns a service principal that is not there yet, so that its application id is a placeholder in what is planned. */
    public static PrincipalName toBeCreated(String displayName) {
        return new PrincipalName(PrincipalKind.SERVICE_PRINCIPAL, "<application id of " + displayName + ">");
    }

    private static boolean isPlaceholder(String name) {
        return name.startsWith("<application id of ") && name.endsWith(">");
    }

    /** Returns whether it stands for somebody who is not there yet. */
    public boolean isToBeCreated() {
        return kind == PrincipalKind.SERVICE_PRINCIPAL && isPlaceholder(name);
    }

    /** Returns a group by its name. */
    public static PrincipalName group(String name) {
        return new PrincipalName(PrincipalKind.GROUP, name);
    }

    /** Returns a user by its user name, an e-mail address. */
    public static PrincipalName user(String userName) {
        return new PrincipalName(PrincipalKind.USER, userName);
    }

    @Override
    public String toString() {
        return kind.words() + " '" + name + "'";
    }
}
