package io.lakeport.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import io.lakeport.testkit.compile.Sources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerRulesTest {
    private static final String FACADE = "package io.lakeport.app; public class Lakeport {}";
    private static final String SEA = "package io.lakeport.warehouse.sea; public class SeaWarehouse {}";
    private static final String WIRING = "package io.lakeport.app.wiring; public class Wiring {}";

    @TempDir
    Path directory;

    @Test
    void host_thatUsesFacadeAndPorts_keepsEveryRule() {
        Compiled host = Compiled.from(
                FACADE,
                "package com.acme; class Host { io.lakeport.app.Lakeport lakeport; io.lakeport.core.query.RowCursor rows;"
                        + " String url = \"jdbc:postgresql://db/acme\"; String home = System.getenv(\"HOME\"); }");
        assertThatCode(() -> HostRules.check(host.classes())).doesNotThrowAnyException();
    }

    @Test
    void host_thatNamesAnAdapterOrWhatIsBehindTheFacade_breaks() {
        String adapter = "package com.acme; class Host { io.lakeport.warehouse.sea.SeaWarehouse warehouse; }";
        String internals = "package com.acme; class Host { io.lakeport.app.wiring.Wiring wiring; }";
        assertBreaks(HostRules.HOSTS_USE_ONLY_EXPORTED_PORTS, "com.acme.Host.warehouse", SEA, adapter);
        assertBreaks(HostRules.HOSTS_USE_ONLY_EXPORTED_PORTS, "com.acme.Host.wiring", WIRING, internals);
    }

    @Test
    void host_thatPassesLakeportBy_breaks() {
        assertBreaks(
                HostRules.HOSTS_DO_NOT_CALL_DATABRICKS_DIRECTLY,
                "com.acme.Host",
                "package com.databricks.sdk; public class WorkspaceClient {}",
                "package com.acme; class Host { com.databricks.sdk.WorkspaceClient client; }");
        assertBreaks(
                HostRules.HOSTS_DO_NOT_OPEN_DATABRICKS_URLS,
                "com.acme.Host holds the string \"jdbc:databricks://",
                "package com.acme; class Host { java.sql.Connection open(String host) throws java.sql.SQLException {"
                        + " return java.sql.DriverManager.getConnection(\"jdbc:databricks://\" + host); } }");
        assertBreaks(
                HostRules.HOSTS_DO_NOT_READ_DATABRICKS_ENVIRONMENT,
                "com.acme.Host holds the string \"DATABRICKS_TOKEN\"",
                "package com.acme; class Host { String token() { return System.getenv(\"DATABRICKS_TOKEN\"); } }");
    }

    @Test
    void plugin_thatWorksThroughCore_keepsEveryRule() {
        Compiled plugin = Compiled.from("package com.acme; class Plugin implements"
                + " io.lakeport.core.connector.ConnectorPlugin { public String name() { return \"acme\"; } }");
        assertThatCode(() -> PluginRules.check(plugin.classes())).doesNotThrowAnyException();
    }

    @Test
    void plugin_thatSeesMoreThanCore_breaks() {
        String plugin = "package com.acme; class Plugin { io.lakeport.app.Lakeport lakeport; }";
        assertBreaks(PluginRules.PLUGINS_SEE_ONLY_CORE, "com.acme.Plugin.lakeport", FACADE, plugin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.setProperty(\"a\", \"b\")",
                "Thread.currentThread().setContextClassLoader(null)",
                "java.security.Security.insertProviderAt(null, 1)",
                "java.util.TimeZone.setDefault(null)",
                "java.net.ProxySelector.setDefault(null)"
            })
    void plugin_thatChangesWhatAllShare_breaks(String call) {
        assertBreaks(PluginRules.PLUGINS_DO_NOT_CHANGE_THE_PROCESS, "com.acme.Plugin.run()", pluginThatCalls(call));
    }

    @Test
    void plugin_thatEndsTheProcessOrOutlivesIt_breaks() {
        assertBreaks(
                PluginRules.PLUGINS_DO_NOT_END_THE_PROCESS, "com.acme.Plugin.run()", pluginThatCalls("System.exit(1)"));
        assertBreaks(
                PluginRules.PLUGINS_LEAVE_NOTHING_BEHIND,
                "com.acme.Plugin.run()",
                pluginThatCalls("Runtime.getRuntime().addShutdownHook(null)"));
    }

    @Test
    void commandLine_brokenRule_endsWithAnError() {
        new Sources().add("com.acme.Plugin", pluginThatCalls("System.exit(1)")).compileInto(directory);
        assertThatThrownBy(() -> CheckRules.main(new String[] {"plugin", directory.toString()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 rule(s) broken");
    }

    private static String pluginThatCalls(String call) {
        return "package com.acme; class Plugin { void run() { " + call + "; } }";
    }

    private static void assertBreaks(ArchRule rule, String place, String... sources) {
        assertThat(Compiled.from(sources).against(rule)).contains(place, "because ");
    }
}
