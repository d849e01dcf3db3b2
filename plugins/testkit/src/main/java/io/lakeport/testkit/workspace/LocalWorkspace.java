package io.lakeport.testkit.workspace;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit test class a Databricks workspace on this machine, in a JVM of its own, and its tests what they need to
 * use it, as parameters:
 *
 * <ul>
 *   <li>{@link io.lakeport.core.simulator.WorkspaceSimulator} and
 *       {@link io.lakeport.core.simulator.SimulatorConnection}: addresses, credentials, the warehouse;
 *   <li>{@link java.sql.Connection}, opened for the test and closed after it, and {@link javax.sql.DataSource}: by the
 *       Databricks JDBC driver, which must be on the class path;
 *   <li>{@link WorkspaceTenant}: a tenant in Lakeport's configuration.
 * </ul>
 *
 * <p>The workspace is found by {@link java.util.ServiceLoader}: {@code lakeport-local-workspace} must be on the class
 * path of the tests.
 *
 * <pre>
 * &#64;LocalWorkspace(load = "orders=src/test/resources/orders.csv")
 * class OrdersTest {
 *     &#64;Test
 *     void orders_counted_areAllThere(Connection connection) { … }
 * }
 * </pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(LocalWorkspaceExtension.class)
public @interface LocalWorkspace {
    /** How long a workspace lives. */
    enum Shared {
        /** One for the tests of a class. */
        CLASS,
        /** One for every class of the JVM whose annotation is equal to this one; it ends with the test run. */
        JVM
    }

    /** Tables to load, each as {@code name=FILE}; a relative file is one of the working directory. */
    String[] load() default {};

    /** Directory that keeps the tables between test runs; empty for memory only. */
    String data() default "";

    /** Whether tests share the workspace with other classes. */
    Shared shared() default Shared.CLASS;

    /** Whether privileges are checked, as Databricks does. */
    boolean governance() default true;

    /** Further options of the workspace, each as {@code name=value}, such as {@code engine=spark}. */
    String[] options() default {};

    /** Name of the provider, as {@link io.lakeport.core.simulator.WorkspaceSimulatorProvider#name()} gives it. */
    String provider() default "local";
}
