package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what stands in the place of a secret into the secret: <code>${env:NAME}</code>, <code>${file:path}</code> or
 * the secret itself. Nothing is read that the document does not name.
 */
final class SecretReader {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z]*):?([^}]*)}");

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;

    /**
     * @param folder where relative files are found
     * @param environment value of a variable, null when it is not set
     */
    SecretReader(Path folder, UnaryOperator<@Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    Map<String, Secret> all(ConfigObject object, String key) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        object.find(key)
                .map(JsonValue::object)
                .orElse(Map.of())
                .forEach((name, member) -> secrets.put(name, secret(member)));
        return secrets;
    }

    /** Reads texts that may be shown; <code>${env:NAME}</code> stands for a variable in them as well. */
    Map<String, String> texts(ConfigObject object, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.find(key).map(JsonValue::object).orElse(Map.of()).forEach((name, member) -> {
            Matcher matcher = REFERENCE.matcher(member.string());
            boolean variable = matcher.matches() && matcher.group(1).equals("env");
            texts.put(name, variable ? fromEnvironment(member, matcher.group(2)).reveal() : member.string());
        });
        return texts;
    }

    /** Reads secrets of which some may be in the vault, where they are looked up whenever they are used. */
    Found found(ConfigObject object, String key) {
        return found(object, key, Set.of());
    }

    /** Does the same without those of some names, which are given elsewhere. */
    Found found(ConfigObject object, String key, Set<String> without) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        Map<String, String> kept = new LinkedHashMap<>();
        object.find(key).map(JsonValue::object).orElse(Map.of()).forEach((name, member) -> {
            Matcher matcher = REFERENCE.matcher(member.string());
            if (without.contains(name)) {
                return;
            }
            if (matcher.matches() && matcher.group(1).equals("vault")) {
                kept.put(name, ConfigObject.located(member, () -> SecretReference.requireName(matcher.group(2))));
            } else {
                secrets.put(name, secret(member));
            }
        });
        return new Found(secrets, kept);
    }

    /**
     * What stands in the place of secrets.
     *
     * @param secrets the secrets themselves, by the names that a method has for them
     * @param sealed names under which the vault keeps others
     */
    record Found(Map<String, Secret> secrets, Map<String, String> sealed) {}

    Secret secret(JsonValue member) {
        String text = member.string();
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            return ConfigObject.located(member, () -> Secret.of(text));
        }
        return switch (matcher.group(1)) {
            case "env" -> fromEnvironment(member, matcher.group(2));
            case "file" -> {
                Path file = folder.resolve(matcher.group(2));
                yield ConfigObject.located(member, () -> SecretFile.read(file));
            }
            default ->
                throw member.error("a reference to a secret is ${env:NAME} or ${file:path}, or in a tenant's 'auth'"
                        + " ${vault:NAME}, not ${" + matcher.group(1) + ":…}");
        };
    }

    private Secret fromEnvironment(JsonValue member, String name) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            throw member.error("the environment variable '" + name + "' is not set; set it before starting");
        }
        return Secret.of(value);
    }
}
