package io.lakeport.app.config;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as a document of its own: what stands under its name in {@code tenants} of the configuration. It is taken
 * apart into what may be kept as it is and the secrets, which may not. Immutable.
 */
public final class TenantDocument {
    private static final String AUTH = "auth";
    private static final String SECRETS = "secrets";

    private final TenantId id;
    private final Map<String, Object> settings;
    private final Map<String, Secret> secrets;

    private TenantDocument(TenantId id, Map<String, Object> settings, Map<String, Secret> secrets) {
        this.id = id;
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * Reads a document as someone gives it.
     *
     * @param json the members of the tenant; secrets may be given as <code>${env:NAME}</code> or
     *     <code>${file:path}</code>
     * @param given secrets by their name in {@code auth.secrets}, which take the place of those in the document
     * @param folder where relative paths begin
     * @param environment value of a variable, null when it is not set
     * @throws LakeportException INVALID_REQUEST with place and remedy, when it is no tenant
     */
    public static TenantDocument of(
            TenantId id,
            String json,
            Map<String, Secret> given,
            Path folder,
            UnaryOperator<@Nullable String> environment,
            TenantDefaults defaults) {
        JsonValue value = JsonDocument.parse(json, "tenant '" + id + "'");
        SecretReader reader = new SecretReader(folder, environment);
        Map<String, Object> settings = plain(value.object());
        Map<String, Secret> secrets = new LinkedHashMap<>();
        JsonValue auth = value.object().get(AUTH);
        if (auth != null) {
            ConfigObject members = ConfigObject.of(auth, ConfigKeys.AUTH);
            members.find(SECRETS).map(JsonValue::object).orElse(Map.of()).forEach((name, member) -> {
                if (!given.containsKey(name)) {
                    secrets.put(name, reader.secret(member));
                }
            });
            secrets.putAll(given);
            Map<String, Object> kept = plain(auth.object());
            kept.remove(SECRETS);
            members.find("properties").ifPresent(unused -> kept.put("properties", reader.texts(members, "properties")));
            settings.put(AUTH, kept);
        }
        TenantDocument document = new TenantDocument(id, settings, secrets);
        // Whatever is wrong with it shows now, and not when it is first used.
        Tenant unused = read(id, document.settings(name -> name), secrets::get, defaults);
        return document;
    }

    /** Does the same with paths relative to where the process runs, and its variables where the document names some. */
    public static TenantDocument of(TenantId id, String json, Map<String, Secret> given, TenantDefaults defaults) {
        return of(id, json, given, Path.of("."), System::getenv, defaults);
    }

    /** Returns the names of the secrets that a document speaks of. */
    public static Set<String> namedSecrets(String json) {
        return Optional.ofNullable(JsonDocument.parse(json, "settings").object().get(AUTH))
                .map(auth -> auth.object().get(SECRETS))
                .map(secrets -> Set.copyOf(secrets.object().keySet()))
                .orElse(Set.of());
    }

    /**
     * Reads what {@link #settings} wrote.
     *
     * @param vault opens the secret that a reference of {@link #settings} stands for
     * @throws LakeportException as the vault threw it; INVALID_REQUEST when it is no tenant
     */
    public static Tenant read(
            TenantId id, String settings, Function<String, @Nullable Secret> vault, TenantDefaults defaults) {
        SecretReader reader = SecretReader.sealed(name -> {
            Secret secret = vault.apply(name);
            if (secret == null) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION, "tenant '" + id + "' has no secret '" + name + "'");
            }
            return secret;
        });
        return new TenantReader(reader, defaults)
                .read(id.value(), JsonDocument.parse(settings, "the settings of tenant '" + id + "'"));
    }

    /** Returns whose it is. */
    public TenantId id() {
        return id;
    }

    /** Returns its secrets by name. */
    public Map<String, Secret> secrets() {
        return Map.copyOf(secrets);
    }

    /**
     * Returns the document with a reference in the place of each secret.
     *
     * @param references gives the reference to the sealed secret of a name
     */
    public String settings(UnaryOperator<String> references) {
        return JsonText.line(withSecrets(settings, name -> "${sealed:" + references.apply(name) + "}"));
    }

    private Map<String, Object> withSecrets(Map<String, Object> members, UnaryOperator<String> text) {
        Map<String, Object> whole = new LinkedHashMap<>(members);
        if (!secrets.isEmpty() && whole.get(AUTH) instanceof Map<?, ?> auth) {
            Map<String, Object> more = new LinkedHashMap<>();
            auth.forEach((key, member) -> more.put(String.valueOf(key), member));
            Map<String, Object> texts = new LinkedHashMap<>();
            secrets.keySet().forEach(name -> texts.put(name, text.apply(name)));
            more.put(SECRETS, texts);
            whole.put(AUTH, more);
        }
        return whole;
    }

    /** Returns the references that settings hold, by the name of the secret. */
    public static Map<String, String> references(String settings) {
        JsonValue auth = JsonDocument.parse(settings, "settings").object().get(AUTH);
        Map<String, String> references = new LinkedHashMap<>();
        if (auth != null && auth.object().get(SECRETS) != null) {
            auth.object().get(SECRETS).object().forEach((name, member) -> {
                String text = member.string();
                references.put(name, text.substring("${sealed:".length(), text.length() - 1));
            });
        }
        return references;
    }

    /**
     * Returns settings as a document for people and other hosts: in the place of each secret stands a variable, named for
     * tenant and secret, so that it can be read where those are set.
     */
    public static String export(TenantId id, String settings) {
        Map<String, Object> members =
                plain(JsonDocument.parse(settings, "settings").object());
        return document(id, members, references(settings).keySet());
    }

    /** Does the same for a tenant of the configuration file. */
    public static String export(LakeportConfig config, Tenant tenant) {
        Map<String, Object> members = EffectiveConfig.tenant(config, tenant);
        return document(tenant.id(), members, tenant.identity().secrets().keySet());
    }

    private static String document(TenantId id, Map<String, Object> members, Iterable<String> secrets) {
        Map<String, Object> texts = new LinkedHashMap<>();
        secrets.forEach(name -> texts.put(name, "${env:" + variable(id + "_" + name) + "}"));
        if (members.get(AUTH) instanceof Map<?, ?> auth) {
            Map<String, Object> kept = new LinkedHashMap<>();
            auth.forEach((key, member) -> kept.put(String.valueOf(key), member));
            kept.remove(SECRETS);
            if (!texts.isEmpty()) {
                kept.put(SECRETS, texts);
            }
            members.put(AUTH, kept);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("lakeport_tenant", 1);
        root.put("id", id.value());
        root.put("settings", members);
        return JsonText.pretty(root);
    }

    private static String variable(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * What was exported.
     *
     * @param id whose it was
     * @param settings the members of the tenant
     */
    public record Exported(TenantId id, String settings) {}

    /**
     * Reads what {@link #export} wrote.
     *
     * @throws LakeportException INVALID_REQUEST when it is something else, or of a newer Lakeport
     */
    public static Exported parse(String json, String name) {
        JsonValue root = JsonDocument.parse(json, name);
        ConfigObject document = ConfigObject.of(root, Set.of("lakeport_tenant", "id", "settings"));
        JsonValue form = document.require("lakeport_tenant", "1, which says that it is an exported tenant");
        if (form.integer() != 1) {
            throw form.error("this Lakeport reads exported tenants of form 1; take the Lakeport that wrote it");
        }
        JsonValue id = document.require("id", "the tenant's name");
        JsonValue settings = document.require("settings", "the members of the tenant");
        return new Exported(
                ConfigObject.located(id, () -> TenantId.of(id.string())), JsonText.line(plain(settings.object())));
    }

    private static Map<String, Object> plain(Map<String, JsonValue> members) {
        Map<String, Object> plain = new LinkedHashMap<>();
        members.forEach((key, member) -> plain.put(key, plain(member)));
        return plain;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object plain(JsonValue value) {
        if (value.content() instanceof Map<?, ?>) {
            return plain(value.object());
        }
        if (value.content() instanceof List<?>) {
            return value.array().stream().map(TenantDocument::plain).toList();
        }
        return value.content();
    }
}
