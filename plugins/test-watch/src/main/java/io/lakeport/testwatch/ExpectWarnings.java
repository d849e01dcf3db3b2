package io.lakeport.testwatch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which log records of level WARN or above a test brings about. Without it, such a record of a logger under
 * {@code io.lakeport} fails the test.
 *
 * <p>On a method, each pattern must be met: a warning that is no longer given fails the test as well. On a class, the
 * patterns are allowed in each of its tests and required in none.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ExpectWarnings {
    /** Regular expressions, each found somewhere in the text of a record; at least one. */
    String[] value();
}
