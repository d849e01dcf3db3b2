package io.lakeport.localworkspace.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names the line of the conformance report that a test counts for. On a method it goes before the one on the class.
 *
 * <p>The client is the test's own ({@link ClientUnderTest}) or the one named here.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ConformanceRecorder.class)
public @interface Proves {
    /** The feature, as the report's line names it. */
    String value();

    /** The client, as the report's column names it; empty when the test instance says so itself. */
    String client() default "";
}
