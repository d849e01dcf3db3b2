package io.lakeport.core.secret;

import io.lakeport.core.tenant.TenantId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one sealed secret. It is no secret itself, and may be kept and shown anywhere.
 *
 * @param tenant whose it is
 * @param name what it is, for example {@code databricks/client-secret}: 1 to 128 of letters, digits, {@code . _ / -}
 * @param version positive; larger for each secret that is sealed under the same name
 */
public record SecretReference(TenantId tenant, String name, long version) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
    private static final Pattern TEXT = Pattern.compile("sealed:([^:]+):([^:#]+)#([0-9]{1,18})");

    public SecretReference {
        Objects.requireNonNull(tenant, "tenant");
        requireName(name);
        if (version < 1) {
            throw new IllegalArgumentException("the version of a sealed secret is positive, not " + version);
        }
    }

    /** Returns the name, when it can be one. */
    public static String requireName(String name) {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("secret name '" + name + "' is not legal: use 1 to 128 of letters,"
                    + " digits, '.', '_', '/' and '-', beginning with a letter or digit");
        }
        return name;
    }

    /** Parses what {@link #toString()} gives. */
    public static SecretReference parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            // Not repeated: someone may have given the secret itself in place of its reference.
            throw new IllegalArgumentException(
                    "that is no reference to a sealed secret; expected sealed:<tenant>:<name>#<version>");
        }
        return new SecretReference(TenantId.of(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3)));
    }

    @Override
    public String toString() {
        return "sealed:" + tenant + ":" + name + "#" + version;
    }
}
