package io.lakeport.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.lakeport.testkit.rules.HexagonRules;
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
    void everyModule_isSeen() {
        assertThat(Stream.of("core", "auth", "warehouse", "storage", "audit", "localworkspace", "testkit", "app"))
                .allSatisfy(module -> assertThat(CLASSES.stream())
                        .anyMatch(type -> type.getPackageName().startsWith("io.lakeport." + module)));
    }
}
