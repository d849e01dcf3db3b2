package io.lakeport.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.lakeport.testkit.rules.HexagonRules;
import io.lakeport.testkit.rules.HostRules;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lakeport under its own rules. It stands here, because this module's tests see every other module. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.lakeport");

    @TestFactory
    Stream<DynamicTest> lakeport_keepsItsOwnRules() {
        return HexagonRules.all().stream().map(ArchitectureTest::testOf);
    }

    private static DynamicTest testOf(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES));
    }

    @Test
    void hostRules_allowWhatTheModuleExports() throws IOException {
        try (InputStream descriptor = moduleOfApp()) {
            assertThat(ModuleDescriptor.read(descriptor).exports())
                    .filteredOn(export -> !export.isQualified())
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactlyInAnyOrderElementsOf(HostRules.facadePackages());
        }
    }

    private static InputStream moduleOfApp() throws IOException {
        // The class path holds a module-info.class for every module; this one lies beside the facade.
        return new URL(Lakeport.class.getProtectionDomain().getCodeSource().getLocation(), "module-info.class")
                .openStream();
    }

    @Test
    void everyModule_isSeen() {
        assertThat(Stream.of("core", "auth", "warehouse", "storage", "audit", "localworkspace", "testkit", "app"))
                .allSatisfy(module -> assertThat(CLASSES.stream())
                        .anyMatch(type -> type.getPackageName().startsWith("io.lakeport." + module)));
    }
}
