import org.jspecify.annotations.NullMarked;

/** What third parties test with: contracts of the ports, rules for their code, and the count of proved features. */
@NullMarked
module io.lakeport.testkit {
    requires java.compiler;
    requires transitive com.tngtech.archunit;
    requires transitive io.lakeport.core;
    requires transitive io.lakeport.testwatch;
    requires transitive org.assertj.core;
    requires transitive java.sql;
    requires transitive org.junit.jupiter.api;
    requires org.junit.platform.commons;

    exports io.lakeport.testkit.compile;
    exports io.lakeport.testkit.contract;
    exports io.lakeport.testkit.features;
    exports io.lakeport.testkit.files;
    exports io.lakeport.testkit.network;
    exports io.lakeport.testkit.rules;
    exports io.lakeport.testkit.workspace;

    uses io.lakeport.core.simulator.WorkspaceSimulatorProvider;
}
