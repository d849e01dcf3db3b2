package io.lakeport.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Rules for Lakeport itself: the hexagon, and habits that a compiler does not hold. */
public final class HexagonRules {
    /** Names that a field holding a credential has; tokens that page through a list are none. */
    private static final String CREDENTIAL_NAME =
            "(?i)(?!.*(page|continuation)_?token$).*(secret|password|passphrase|private_?key|token)";

    /** Core stands alone. */
    public static final ArchRule CORE_KNOWS_NO_LIBRARY = classes()
            .that()
            .resideInAPackage(LakeportPackages.CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(LakeportPackages.CORE, "java..", "javax.crypto..", "org.slf4j..", "org.jspecify..")
            .because("core is what hosts and plugins compile against: a type of an SDK, of JDBC drivers, Arrow, Jackson"
                    + " or Guice in it would bind each of them to our version")
            .allowEmptyShould(true);

    /** Modules meet in core only. */
    public static final ArchRule MODULES_MEET_IN_CORE_ONLY = slices().matching("io.lakeport.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage(LakeportPackages.CORE))
            .ignoreDependency(resideInAPackage("io.lakeport.testkit.."), resideInAPackage("io.lakeport.testwatch.."))
            .ignoreDependency(resideInAPackage("io.lakeport.benchmarks.."), alwaysTrue())
            .because(
                    "an adapter is found by ServiceLoader and can be replaced by a jar; whatever names its classes could"
                            + " not live with the replacement")
            .allowEmptyShould(true);

    /** Only the composition root wires. */
    public static final ArchRule ONLY_APP_KNOWS_GUICE = noClasses()
            .that()
            .resideOutsideOfPackage(LakeportPackages.APP)
            .should()
            .dependOnClassesThat(resideInAnyPackage("com.google.inject..", "jakarta.inject.."))
            .because("adapters have plain constructors and work in a host that wires by other means")
            .allowEmptyShould(true);

    /** The environment enters through configuration. */
    public static final ArchRule NOTHING_READS_THE_ENVIRONMENT = noClasses()
            .that()
            .resideOutsideOfPackages("io.lakeport.app.config..", "io.lakeport.app.cli..")
            .and()
            // Looks at whether PATH is set and not at its value: the SDK fails where it is not.
            .doNotHaveFullyQualifiedName("io.lakeport.audit.sdk.NoPath")
            .should()
            .callMethodWhere(Calls.to("the method reads the environment", Set.of("java.lang.System#getenv")))
            .because("the environment is one for all tenants; it is read only where configuration says ${env:..}, or"
                    + " where a person names a variable on the command line")
            .allowEmptyShould(true);

    /** Packages are named for what they are about. */
    public static final ArchRule PACKAGES_ARE_NAMED_FOR_A_SUBJECT = noClasses()
            .should()
            .resideInAnyPackage(
                    "..impl..", "..util..", "..utils..", "..helper..", "..helpers..", "..manager..", "..common..")
            .because("a package named for a pattern gathers whatever nobody placed; name what it is about")
            .allowEmptyShould(true);

    /** Credentials are Secrets. */
    public static final ArchRule CREDENTIALS_ARE_SECRETS = noFields()
            .that()
            .areNotStatic()
            .and()
            .haveNameMatching(CREDENTIAL_NAME)
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("io.lakeport.localworkspace..")
            .should()
            .haveRawType(String.class)
            .because("a String is shown by toString, by a debugger's log line and by a record's every message; a Secret"
                    + " is not (the local workspace makes up its own and guards nothing)")
            .allowEmptyShould(true);

    /** The console belongs to programs. */
    public static final ArchRule LIBRARIES_DO_NOT_PRINT = noClasses()
            .that()
            .resideOutsideOfPackages("io.lakeport.app.cli..", "io.lakeport.app.demo..", "io.lakeport.benchmarks..")
            .and(com.tngtech.archunit.base.DescribedPredicate.not(Calls.haveMain()))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethodWhere(Calls.printingAStackTrace())
            .because("the console belongs to the host; log through SLF4J or throw")
            .allowEmptyShould(true);

    /** Only programs end the process. */
    public static final ArchRule LIBRARIES_DO_NOT_EXIT = noClasses()
            .that(com.tngtech.archunit.base.DescribedPredicate.not(Calls.haveMain()))
            .should()
            .callMethodWhere(Calls.to(
                    "the method ends the process",
                    Set.of("java.lang.System#exit", "java.lang.Runtime#exit", "java.lang.Runtime#halt")))
            .because("the process belongs to the host")
            .allowEmptyShould(true);

    private HexagonRules() {}

    /** Returns every rule. */
    public static List<ArchRule> all() {
        return List.of(
                CORE_KNOWS_NO_LIBRARY,
                MODULES_MEET_IN_CORE_ONLY,
                ONLY_APP_KNOWS_GUICE,
                NOTHING_READS_THE_ENVIRONMENT,
                PACKAGES_ARE_NAMED_FOR_A_SUBJECT,
                CREDENTIALS_ARE_SECRETS,
                LIBRARIES_DO_NOT_PRINT,
                LIBRARIES_DO_NOT_EXIT);
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
