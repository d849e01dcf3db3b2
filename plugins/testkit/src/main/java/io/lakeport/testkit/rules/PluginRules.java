package io.lakeport.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * Rules for a plugin: what it sees, and what of the shared JVM it leaves alone. Import the plugin's own classes and
 * check them, as with {@link HostRules}.
 */
public final class PluginRules {
    private static final Set<String> ENDS_THE_PROCESS =
            Set.of("java.lang.System#exit", "java.lang.Runtime#exit", "java.lang.Runtime#halt");

    private static final Set<String> CHANGES_THE_PROCESS = Set.of(
            "java.lang.System#setProperty",
            "java.lang.System#setProperties",
            "java.lang.System#clearProperty",
            "java.lang.System#setOut",
            "java.lang.System#setErr",
            "java.lang.System#setIn",
            "java.lang.System#setSecurityManager",
            "java.lang.Thread#setContextClassLoader",
            "java.lang.Thread#setDefaultUncaughtExceptionHandler",
            "java.security.Security#setProperty",
            "java.security.Security#addProvider",
            "java.security.Security#insertProviderAt",
            "java.security.Security#removeProvider",
            "java.net.Authenticator#setDefault",
            "java.net.ProxySelector#setDefault",
            "java.net.CookieHandler#setDefault",
            "java.net.URL#setURLStreamHandlerFactory",
            "javax.net.ssl.SSLContext#setDefault",
            "javax.net.ssl.HttpsURLConnection#setDefaultSSLSocketFactory",
            "javax.net.ssl.HttpsURLConnection#setDefaultHostnameVerifier",
            "java.sql.DriverManager#registerDriver",
            "java.sql.DriverManager#setLogWriter",
            "java.util.Locale#setDefault",
            "java.util.TimeZone#setDefault",
            "java.util.logging.LogManager#reset",
            "java.util.logging.LogManager#readConfiguration");

    private static final Set<String> OUTLIVES_ITS_CLOSE =
            Set.of("java.lang.Runtime#addShutdownHook", "java.io.File#deleteOnExit");

    /** A plugin is compiled against core alone. */
    public static final ArchRule PLUGINS_SEE_ONLY_CORE = noClasses()
            .should()
            .dependOnClassesThat(LakeportPackages.adapters().or(LakeportPackages.app()))
            .because(
                    "a plugin's class loader hands it io.lakeport.core, SLF4J and JSpecify and nothing else of the host,"
                            + " so any other class of Lakeport is missing when the plugin runs; work through ConnectorContext")
            .allowEmptyShould(true);

    /** A plugin does not end the host. */
    public static final ArchRule PLUGINS_DO_NOT_END_THE_PROCESS = noClasses()
            .should()
            .callMethodWhere(Calls.to("the method ends the process", ENDS_THE_PROCESS))
            .because("the process belongs to the host and serves other tenants; throw LakeportException instead")
            .allowEmptyShould(true);

    /** A plugin leaves alone what all share. */
    public static final ArchRule PLUGINS_DO_NOT_CHANGE_THE_PROCESS = noClasses()
            .should()
            .callMethodWhere(Calls.to("the method changes what the whole JVM shares", CHANGES_THE_PROCESS))
            .because("system properties, default time zones, security providers and context class loaders are shared by"
                    + " every tenant and plugin; pass what you need to the object that needs it")
            .allowEmptyShould(true);

    /** A plugin leaves nothing behind. */
    public static final ArchRule PLUGINS_LEAVE_NOTHING_BEHIND = noClasses()
            .should()
            .callMethodWhere(Calls.to("the method registers work for the end of the JVM", OUTLIVES_ITS_CLOSE))
            .because("a shutdown hook holds the plugin's class loader until the JVM ends and runs after the host has"
                    + " closed its ports; end what you started in close()")
            .allowEmptyShould(true);

    private PluginRules() {}

    /** Returns every rule. */
    public static List<ArchRule> all() {
        return List.of(
                PLUGINS_SEE_ONLY_CORE,
                PLUGINS_DO_NOT_END_THE_PROCESS,
                PLUGINS_DO_NOT_CHANGE_THE_PROCESS,
                PLUGINS_LEAVE_NOTHING_BEHIND);
    }

    /**
     * Checks every rule.
     *
     * @throws AssertionError listing each violation with its line
     */
    public static void check(JavaClasses classes) {
        all().forEach(rule -> rule.check(classes));
    }
}
