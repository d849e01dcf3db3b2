package io.lakeport.app.config;

import io.lakeport.core.secret.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what stands in the place of a secret into the secret: <code>${env:NAME}</code>, <code>${file:path}</code>, in a
 * tenant that was created at run time <code>${sealed:NAME#VERSION}</code>, or the secret itself. Nothing is read that
 * the document does not name.
 */
final class SecretReader {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z]*):?([^}]*)}");

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;
    private final Optional<Function<String, Secret>> vault;

    /**
     * @param folder where relative files are found
     * @param environment value of a variable, null when it is not set
     */
    SecretReader(Path folder, UnaryOperator<@Nullable String> environment) {
        this(folder, environment, Optional.empty());
    }

    private SecretReader(
            Path folder, UnaryOperator<@Nullable String> environment, Optional<Function<String, Secret>> vault) {
        this.folder = folder;
        this.environment = environment;
        this.vault = vault;
    }

    /** Returns a reader that reads nothing but what is sealed. */
    static SecretReader sealed(Function<String, Secret> vault) {
        return new SecretReader(Path.of("."), name -> null, Optional.of(vault));
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
            case "sealed" ->
                vault.orElseThrow(() -> member.error(
                                "a sealed secret belongs to a tenant that was created at run time; here a reference to a"
                                        + " secret is ${env:NAME} or ${file:path}"))
                        .apply(matcher.group(2));
            default ->
                throw member.error(
                        "a reference to a secret is ${env:NAME} or ${file:path}, not ${" + matcher.group(1) + ":…}");
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
