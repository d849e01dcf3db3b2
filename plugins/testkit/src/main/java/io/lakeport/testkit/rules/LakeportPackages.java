package io.lakeport.testkit.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Which packages belong to whom. */
final class LakeportPackages {
    static final String CORE = "io.lakeport.core..";
    static final String APP = "io.lakeport.app..";
    static final String[] ADAPTERS = {
        "io.lakeport.auth..",
        "io.lakeport.warehouse..",
        "io.lakeport.storage..",
        "io.lakeport.audit..",
        "io.lakeport.localworkspace.."
    };
    /** What the module of the app exports: the facade, its configuration, and what both speak of. */
    static final Set<String> FACADE = Set.of(
            "io.lakeport.app",
            "io.lakeport.app.cache",
            "io.lakeport.app.config",
            "io.lakeport.app.guard",
            "io.lakeport.app.plugin");

    private LakeportPackages() {}

    static DescribedPredicate<JavaClass> adapters() {
        return JavaClass.Predicates.resideInAnyPackage(ADAPTERS).as("adapters of Lakeport");
    }

    static DescribedPredicate<JavaClass> app() {
        return JavaClass.Predicates.resideInAPackage(APP).as("the composition root of Lakeport");
    }

    static DescribedPredicate<JavaClass> appInternals() {
        return DescribedPredicate.describe(
                "internals of io.lakeport.app", type -> app().test(type) && !FACADE.contains(type.getPackageName()));
    }
}
