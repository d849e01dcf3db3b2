package io.lakeport.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.connector.ConnectorPlugin;
import io.lakeport.core.error.LakeportException;
import io.lakeport.testwatch.ExpectWarnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ExpectWarnings("is left out: ")
class PluginHostTest {
    private static final String WAREHOUSE = "io.lakeport.core.query.WarehouseProvider";
    private static final String CONNECTOR = "io.lakeport.core.connector.ConnectorPlugin";

    @TempDir
    Path temp;

    private PluginGallery gallery;

    @BeforeEach
    void begin() throws Exception {
        gallery = new PluginGallery(Files.createDirectory(temp.resolve("plugins")));
        gallery.plugin("good").warehouse("Good", "good").build();
    }

    /** Finds everything, makes sure that the good plugin still works, and returns what is wrong with another. */
    private String problemOf(String plugin) {
        try (Providers providers = PluginHost.find(List.of(gallery.directory()))) {
            assertThat(providers.require(ProviderKind.WAREHOUSE, "good").scheme())
                    .isEqualTo("good");
            return providers.report().quarantined().stream()
                    .filter(entry -> entry.origin().equals(plugin))
                    .map(entry -> entry.problem().orElseThrow())
                    .reduce((a, b) -> a + "\n" + b)
                    .orElseThrow();
        }
    }

    @Test
    void find_goodPlugin_isActiveAndSeesOnlyItsOwnJarsAndThePorts() throws Exception {
        gallery.plugin("curious")
                .source("Curious", """
                        package gallery;
                        public final class Curious implements io.lakeport.core.connector.ConnectorPlugin {
                            private final String seen = Thread.currentThread().getContextClassLoader().getName();
                            public String name() { return "curious"; }
                            public String version() {
                                String host = can("io.lakeport.app.Lakeport") + can("com.google.inject.Guice");
                                return seen + " " + host + can("org.slf4j.Logger");
                            }
                            private static String can(String name) {
                                try {
                                    Class.forName(name);
                                    return "1";
                                } catch (ClassNotFoundException e) {
                                    return "0";
                                }
                            }
                        }
                        """)
                .service(CONNECTOR, "# a comment\n\n  gallery.Curious  # and another\n")
                .build();

        try (Providers providers = PluginHost.find(List.of(gallery.directory()))) {
            ConnectorPlugin curious = providers.require(ProviderKind.CONNECTOR, "curious");
            assertThat(curious.version()).isEqualTo("plugin-curious 001");
            assertThat(providers.report().quarantined()).isEmpty();
        }
    }

    @Test
    void find_classThatIsMissing_saysWhichJarToAdd() throws Exception {
        gallery.plugin("missing")
                .source("Needed", "package gallery; public class Needed { }")
                .source(
                        "Missing",
                        PluginGallery.warehouse("Missing", "missing")
                                .replace(
                                        "public String scheme",
                                        "private final Needed needed = new Needed();\npublic String scheme"))
                .service(WAREHOUSE, "gallery.Missing")
                .leaveOut("Needed")
                .build();

        assertThat(problemOf("missing"))
                .isEqualTo(
                        "the class gallery.Needed is missing; put the jar that holds it into the plugin's directory");
    }

    @Test
    void find_servicesEntryThatNamesNoClass_saysSo() throws Exception {
        gallery.plugin("typo").service(WAREHOUSE, "gallery.Tpyo").build();

        assertThat(problemOf("typo")).contains("names 'gallery.Tpyo'", "correct the name or add the jar");
    }

    @Test
    void find_classOfAnotherInterface_saysSo() throws Exception {
        gallery.plugin("wrong")
                .source("Wrong", "package gallery; public class Wrong { }")
                .service(WAREHOUSE, "gallery.Wrong")
                .build();
        gallery.plugin("closed")
                .source(
                        "Closed",
                        PluginGallery.warehouse("Closed", "closed")
                                .replace("public String scheme", "private Closed() {}\npublic String scheme"))
                .service(WAREHOUSE, "gallery.Closed")
                .build();

        assertThat(problemOf("wrong")).contains("does not implement " + WAREHOUSE);
        assertThat(problemOf("closed")).contains("no public constructor without parameters");
    }

    @Test
    void find_constructorThatThrows_saysWhatItThrew() throws Exception {
        gallery.plugin("throwing")
                .source(
                        "Throwing",
                        PluginGallery.warehouse("Throwing", "throwing").replace("public String scheme", """
                                public Throwing() { throw new IllegalStateException("no licence file"); }
                                public String scheme"""))
                .service(WAREHOUSE, "gallery.Throwing")
                .build();

        assertThat(problemOf("throwing"))
                .isEqualTo("its constructor failed: java.lang.IllegalStateException: no licence file; ask the plugin's"
                        + " author");
    }

    @Test
    void find_twoPluginsOfOneName_keepsTheFirst() throws Exception {
        gallery.plugin("zweite").warehouse("Second", "good").build();

        assertThat(problemOf("zweite"))
                .isEqualTo("the warehouse engine 'good' is brought by good already; remove one of the two");
    }

    @Test
    void find_pluginBuiltForANewerCore_saysSo() throws Exception {
        Path newerCore = gallery.plugin("unused")
                .source("Fancy", "package io.lakeport.core.query; public class Fancy { }")
                .classes();
        gallery.plugin("newer")
                .compileAgainst(newerCore)
                .source(
                        "Newer",
                        PluginGallery.warehouse("Newer", "newer")
                                .replace("public String scheme", "Object o = new Fancy();\npublic String scheme"))
                .service(WAREHOUSE, "gallery.Newer")
                .build();
        gallery.plugin("unknown-service")
                .service("io.lakeport.core.query.FancyProvider", "gallery.Any")
                .build();

        assertThat(problemOf("newer"))
                .contains("needs io.lakeport.core.query.Fancy", "built for another version of Lakeport");
        assertThat(problemOf("unknown-service")).contains("names a service that this Lakeport does not know");
    }

    @Test
    void find_corruptJar_saysToCopyItAgain() throws Exception {
        Path jar = gallery.plugin("corrupt").warehouse("Corrupt", "corrupt").build();
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(problemOf("corrupt")).contains("the jar cannot be read", "copy it again");
    }

    @Test
    void find_emptyDirectory_saysWhereJarsGo() throws Exception {
        Files.createDirectory(gallery.directory().resolve("empty"));

        assertThat(problemOf("empty")).contains("there is no jar in it");
    }

    @Test
    void find_halfBrokenPlugin_keepsItsGoodProvider() throws Exception {
        gallery.plugin("half")
                .source("Sound", PluginGallery.warehouse("Sound", "sound"))
                .source(
                        "Broken",
                        PluginGallery.warehouse("Broken", "broken")
                                .replace(
                                        "public String scheme",
                                        "static { int n = 1 / (scheme2().length() - 4); }\n"
                                                + "static String scheme2() { return \"four\"; }\npublic String scheme"))
                .service(WAREHOUSE, "gallery.Broken\ngallery.Sound\n")
                .build();

        try (Providers providers = PluginHost.find(List.of(gallery.directory()))) {
            assertThat(providers.require(ProviderKind.WAREHOUSE, "sound").scheme())
                    .isEqualTo("sound");
            assertThat(providers.report().quarantined()).singleElement().satisfies(entry -> {
                assertThat(entry.type()).isEqualTo("gallery.Broken");
                assertThat(entry.problem().orElseThrow()).contains("ArithmeticException", "/ by zero");
            });
            assertThatThrownBy(() -> providers.require(ProviderKind.WAREHOUSE, "broken"))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("there is no warehouse engine 'broken'")
                    .hasMessageContaining("good")
                    .hasMessageContaining("see 'lakeport plugins'");
        }
    }

    @Test
    void find_directoryThatDoesNotExist_isAnError() {
        assertThatThrownBy(() -> PluginHost.find(List.of(temp.resolve("nowhere"))))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("does not exist");
    }
}
