package io.lakeport.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.lakeport.core.query.Warehouse;
import io.lakeport.testkit.compile.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HexagonRulesTest {
    @TempDir
    Path directory;

    @Test
    void core_asItIsBuilt_keepsEveryRule() {
        assertThat(HexagonRules.all())
                .allSatisfy(
                        rule -> assertThat(new Compiled(core()).against(rule)).isEmpty());
    }

    @Test
    void core_copiedAndTamperedWith_breaksTheRule() throws Exception {
        Path copy = directory.resolve("core");
        copyCore(copy);
        new Sources()
                .add(
                        "io.lakeport.core.query.Shortcut",
                        "package io.lakeport.core.query;"
                                + " public final class Shortcut implements com.databricks.sdk.Client {}")
                .add("com.databricks.sdk.Client", "package com.databricks.sdk; public interface Client {}")
                .compileInto(copy);
        assertThat(new Compiled(new ClassFileImporter().importPath(copy)).against(HexagonRules.CORE_KNOWS_NO_LIBRARY))
                .contains("io.lakeport.core.query.Shortcut", "com.databricks.sdk.Client", "because core is what hosts");
    }

    @Test
    void modules_thatMeetInCore_pass() {
        assertHolds(
                HexagonRules.MODULES_MEET_IN_CORE_ONLY,
                "package io.lakeport.auth; class A { io.lakeport.core.auth.TokenSource tokens; }",
                "package io.lakeport.app; class B { io.lakeport.core.auth.TokenSource tokens; }");
    }

    @Test
    void modules_thatNameEachOther_break() {
        assertBreaks(
                HexagonRules.MODULES_MEET_IN_CORE_ONLY,
                "io.lakeport.app.B",
                "package io.lakeport.auth; public class A {}",
                "package io.lakeport.app; class B { io.lakeport.auth.A adapter; }");
    }

    @Test
    void guice_outsideApp_breaks() {
        String guice = "package com.google.inject; public interface Injector {}";
        assertBreaks(
                HexagonRules.ONLY_APP_KNOWS_GUICE,
                "io.lakeport.auth.A",
                guice,
                "package io.lakeport.auth; class A { com.google.inject.Injector injector; }");
        assertHolds(
                HexagonRules.ONLY_APP_KNOWS_GUICE,
                guice,
                "package io.lakeport.app; class A { com.google.inject.Injector injector; }");
    }

    @Test
    void environment_readOutsideConfiguration_breaks() {
        assertBreaks(
                HexagonRules.NOTHING_READS_THE_ENVIRONMENT,
                "io.lakeport.auth.A.home()",
                "package io.lakeport.auth; class A { String home() { return System.getenv(\"HOME\"); } }");
        assertHolds(
                HexagonRules.NOTHING_READS_THE_ENVIRONMENT,
                "package io.lakeport.app.config; class A { String home() { return System.getenv(\"HOME\"); } }");
    }

    @Test
    void packages_namedForAPattern_break() {
        assertBreaks(
                HexagonRules.PACKAGES_ARE_NAMED_FOR_A_SUBJECT,
                "io.lakeport.auth.util.A",
                "package io.lakeport.auth.util; class A {}");
        assertHolds(HexagonRules.PACKAGES_ARE_NAMED_FOR_A_SUBJECT, "package io.lakeport.auth.token; class A {}");
    }

    @Test
    void credentials_asText_break() {
        assertBreaks(
                HexagonRules.CREDENTIALS_ARE_SECRETS,
                "clientSecret",
                "package io.lakeport.auth; record A(String clientSecret) {}");
        assertHolds(
                HexagonRules.CREDENTIALS_ARE_SECRETS,
                "package io.lakeport.auth; record A(io.lakeport.core.secret.Secret clientSecret, String pageToken,"
                        + " String next_page_token, String tokenUrl) { static final String SECRET = \"secret\"; }");
    }

    @Test
    void console_usedByALibrary_breaks() {
        assertBreaks(
                HexagonRules.LIBRARIES_DO_NOT_PRINT,
                "io.lakeport.auth.A.say()",
                "package io.lakeport.auth; class A { void say() { System.out.println(); } }");
        assertBreaks(
                HexagonRules.LIBRARIES_DO_NOT_PRINT,
                "io.lakeport.auth.A.say(",
                "package io.lakeport.auth; class A { void say(Exception e) { e.printStackTrace(); } }");
        assertHolds(
                HexagonRules.LIBRARIES_DO_NOT_PRINT,
                "package io.lakeport.app.cli; class A { void say() { System.out.println(); } }");
    }

    @Test
    void exit_inALibrary_breaks() {
        assertBreaks(
                HexagonRules.LIBRARIES_DO_NOT_EXIT,
                "io.lakeport.auth.A.end()",
                "package io.lakeport.auth; class A { void end() { System.exit(1); } }");
        assertHolds(
                HexagonRules.LIBRARIES_DO_NOT_EXIT,
                "package io.lakeport.app; class A { public static void main(String[] a) { System.exit(1); } }");
    }

    private static void assertBreaks(ArchRule rule, String place, String... sources) {
        assertThat(Compiled.from(sources).against(rule)).contains(place, "because ");
    }

    private static void assertHolds(ArchRule rule, String... sources) {
        assertThat(Compiled.from(sources).against(rule)).isEmpty();
    }

    private static JavaClasses core() {
        return new ClassFileImporter()
                .importUrl(Warehouse.class.getProtectionDomain().getCodeSource().getLocation());
    }

    private static void copyCore(Path to) throws Exception {
        Path from = Path.of(Warehouse.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isDirectory(from)) {
            // A jar: its classes are imported from there, and only the added class lies in the copy.
            Files.createDirectories(to);
            return;
        }
        try (var paths = Files.walk(from)) {
            for (Path path :
                    paths.filter(each -> each.toString().endsWith(".class")).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        Files.delete(to.resolve("module-info.class"));
    }
}
