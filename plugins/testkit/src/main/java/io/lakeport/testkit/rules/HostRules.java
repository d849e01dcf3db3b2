package io.lakeport.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * Rules for an application that embeds Lakeport, for teams that want every use of Databricks to go through it. Import
 * the application's own classes and check them:
 *
 * <pre>{@code
 * JavaClasses classes = new ClassFileImporter().importPackages("com.acme");
 * HostRules.check(classes);
 * }</pre>
 *
 * <p>Each rule can be used alone as well, for example in a field that carries ArchUnit's {@code @ArchTest}.
 */
public final class HostRules {
    /** A host calls the facade and the ports, never an adapter or what lies behind the facade. */
    public static final ArchRule HOSTS_USE_ONLY_EXPORTED_PORTS = noClasses()
            .should()
            .dependOnClassesThat(LakeportPackages.adapters().or(LakeportPackages.appInternals()))
            .because(
                    "a host depends on io.lakeport.core and on what io.lakeport.app exports, and on nothing else; adapters are"
                            + " found by scheme or method name and may be replaced, so configure the one you want instead of"
                            + " naming its classes")
            .allowEmptyShould(true);

    /** A host does not pass Lakeport by. */
    public static final ArchRule HOSTS_DO_NOT_CALL_DATABRICKS_DIRECTLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.databricks..")
            .because("a call that passes Lakeport by has no tenant scope, no deadline, no User-Agent of its tenant and"
                    + " no entry in the ledger; use Lakeport.tenant(..) instead")
            .allowEmptyShould(true);

    /** A host opens no JDBC connection to Databricks on its own, not even by URL alone. */
    public static final ArchRule HOSTS_DO_NOT_OPEN_DATABRICKS_URLS = noClasses()
            .should(StringConstants.holdStringMatching("^jdbc:(databricks|spark):"))
            .because("DriverManager finds the driver that Lakeport brings, and the connection would run outside every"
                    + " limit; set the tenant's engine to 'jdbc' instead")
            .allowEmptyShould(true);

    /** A host does not read Databricks' own environment variables. */
    public static final ArchRule HOSTS_DO_NOT_READ_DATABRICKS_ENVIRONMENT = noClasses()
            .should(StringConstants.holdStringMatching("^(DATABRICKS_[A-Z0-9_]+|databricks\\.(host|token)$)"))
            .because("variables such as DATABRICKS_TOKEN are one per process and so the same for every tenant; name"
                    + " them in the configuration as ${env:..} where a tenant is meant to have them")
            .allowEmptyShould(true);

    private HostRules() {}

    /** Returns the packages of the composition root that a host may use: those that its module exports. */
    public static Set<String> facadePackages() {
        return LakeportPackages.FACADE;
    }

    /** Returns every rule. */
    public static List<ArchRule> all() {
        return List.of(
                HOSTS_USE_ONLY_EXPORTED_PORTS,
                HOSTS_DO_NOT_CALL_DATABRICKS_DIRECTLY,
                HOSTS_DO_NOT_OPEN_DATABRICKS_URLS,
                HOSTS_DO_NOT_READ_DATABRICKS_ENVIRONMENT);
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
