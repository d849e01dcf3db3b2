package io.lakeport.app.config;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.tenant.TenantId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as a document of its own: what stands under its name in {@code tenants} of the configuration. It is taken
 * apart into what may be kept as it is and the secrets, which may not. Immutable.
 */
public final class TenantDocument {
    private static final String AUTH = "auth";
    private static final String SECRETS = "secrets";

    private static final Pattern KEPT = Pattern.compile("\\$\\{vault:([^}]+)}");

    private final TenantId id;
    private final Map<String, Object> settings;
    private final Map<String, Secret> secrets;
    private final Map<String, String> kept;

    private TenantDocument(
            TenantId id, Map<String, Object> settings, Map<String, Secret> secrets, Map<String, String> kept) {
        this.id = id;
        this.settings = settings;
        this.secrets = secrets;
        this.kept = kept;
    }

    /**
     * Reads a document as someone gives it.
     *
     * @param json the members of the tenant; secrets may be given as <code>${env:NAME}</code> or
     *     <code>${file:path}</code>, or as <code>${vault:NAME}</code> where the tenant's vault has them already
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
        Map<String, String> kept = new LinkedHashMap<>();
        JsonValue auth = value.object().get(AUTH);
        if (auth != null) {
            ConfigObject members = ConfigObject.of(auth, ConfigKeys.AUTH);
            SecretReader.Found found = reader.found(members, SECRETS, given.keySet());
            secrets.putAll(found.secrets());
            secrets.putAll(given);
            kept.putAll(found.sealed());
            Map<String, Object> rest = plain(auth.object());
            rest.remove(SECRETS);
            members.find("properties").ifPresent(unused -> rest.put("properties", reader.texts(members, "properties")));
            settings.put(AUTH, rest);
        }
        TenantDocument document = new TenantDocument(id, settings, secrets, kept);
        // Whatever is wrong with it shows now, and not when it is first used.
        Tenant unused = read(id, document.settings(name -> name), defaults);
        return document;
    }

    /** Does the same with paths relative to where the process runs, and its variables where the document names some. */
    public static TenantDocument of(TenantId id, String json, Map<String, Secret> given, TenantDefaults defaults) {
        return of(id, json, given, Path.of("."), System::getenv, defaults);
    }

    /** Returns this document with what the vault keeps already, for secrets that it does not speak of. */
    public TenantDocument keeping(Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(others);
        all.keySet().removeAll(secrets.keySet());
        all.putAll(kept);
        return new TenantDocument(id, settings, secrets, all);
    }

    /**
     * Reads what {@link #settings} wrote.
     *
     * @throws LakeportException INVALID_REQUEST when it is no tenant
     */
    public static Tenant read(TenantId id, String settings, TenantDefaults defaults) {
        SecretReader reader = new SecretReader(Path.of("."), name -> null);
        return new TenantReader(reader, defaults)
                .read(id.value(), JsonDocument.parse(settings, "the settings of tenant '" + id + "'"));
    }

    /** Returns whose it is. */
    public TenantId id() {
        return id;
    }

    /** Returns the secrets that are to be sealed, by name. */
    public Map<String, Secret> secrets() {
        return Map.copyOf(secrets);
    }

    /**
     * Returns the document with a reference in the place of each secret.
     *
     * @param names gives the name under which the vault keeps a secret
     */
    public String settings(UnaryOperator<String> names) {
        Map<String, Object> texts = new LinkedHashMap<>();
        kept.forEach((name, place) -> texts.put(name, "${vault:" + place + "}"));
        secrets.keySet().forEach(name -> texts.put(name, "${vault:" + names.apply(name) + "}"));
        Map<String, Object> whole = new LinkedHashMap<>(settings);
        replaceSecrets(whole, texts);
        return JsonText.line(whole);
    }

    private static void replaceSecrets(Map<String, Object> members, Map<String, Object> texts) {
        if (members.get(AUTH) instanceof Map<?, ?> auth) {
            Map<String, Object> more = new LinkedHashMap<>();
            auth.forEach((key, member) -> more.put(String.valueOf(key), member));
            more.remove(SECRETS);
            if (!texts.isEmpty()) {
                more.put(SECRETS, texts);
            }
            members.put(AUTH, more);
        }
    }

    /** Returns the names under which the vault keeps the secrets of settings, by the name of the secret. */
    public static Map<String, String> kept(String settings) {
        JsonValue auth = JsonDocument.parse(settings, "settings").object().get(AUTH);
        Map<String, String> kept = new LinkedHashMap<>();
        if (auth != null && auth.object().get(SECRETS) != null) {
            auth.object().get(SECRETS).object().forEach((name, member) -> {
                Matcher matcher = KEPT.matcher(member.string());
                if (matcher.matches()) {
                    kept.put(name, matcher.group(1));
                }
            });
        }
        return kept;
    }

    /**
     * Returns settings as a document for people and other hosts: in the place of each secret stands a variable, named for
     * tenant and secret, so that it can be read where those are set.
     */
    public static String export(TenantId id, String settings) {
        Map<String, Object> members =
                plain(JsonDocument.parse(settings, "settings").object());
        return document(id, members, kept(settings).keySet());
    }

    /** Does the same for a tenant of the configuration file. */
    public static String export(LakeportConfig config, Tenant tenant) {
        Map<String, Object> members = EffectiveConfig.tenant(config, tenant);
        Set<String> secrets = new TreeSet<>(tenant.identity().secrets().keySet());
        secrets.addAll(tenant.identity().sealed().keySet());
        return document(tenant.id(), members, secrets);
    }

    private static String document(TenantId id, Map<String, Object> members, Iterable<String> secrets) {
        Map<String, Object> texts = new LinkedHashMap<>();
        secrets.forEach(name -> texts.put(name, "${env:" + variable(id + "_" + name) + "}"));
        replaceSecrets(members, texts);
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
