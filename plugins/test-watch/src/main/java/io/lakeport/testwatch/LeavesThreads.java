package io.lakeport.testwatch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which threads may outlive a test class, and why. Without it, they fail the class. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LeavesThreads {
    /** Regular expressions, each matching whole names of threads. */
    String[] value();

    /** Why they cannot be ended, for the reader. */
    String because();
}
