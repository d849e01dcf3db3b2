package io.lakeport.testkit.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Set;

/** Which calls a rule speaks of. */
final class Calls {
    private Calls() {}

    /** Returns whether a call goes to one of the methods, each written {@code java.lang.System#exit}, any overload. */
    static DescribedPredicate<JavaCall<?>> to(String description, Set<String> methods) {
        return DescribedPredicate.describe(
                description,
                call -> methods.contains(call.getTargetOwner().getFullName() + "#"
                        + call.getTarget().getName()));
    }

    /** Returns whether a call prints a stack trace, on whatever kind of Throwable. */
    static DescribedPredicate<JavaCall<?>> printingAStackTrace() {
        return DescribedPredicate.describe(
                "the method prints a stack trace",
                call -> call.getTarget().getName().equals("printStackTrace")
                        && call.getTargetOwner().isAssignableTo(Throwable.class));
    }

    /** Returns whether a class has a {@code main} method: it is a process of its own. */
    static DescribedPredicate<JavaClass> haveMain() {
        return DescribedPredicate.describe(
                "have a main method",
                type -> type.getMethods().stream().map(HasName::getName).anyMatch("main"::equals));
    }
}
