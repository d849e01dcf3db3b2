package io.lakeport.localworkspace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The official clients of Python and Node.js, SQLAlchemy and dbt; needs python3, node and npm, and their registries. */
@Tag("clients")
class ScriptClientsTest {
    private static LocalWorkspace workspace;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @TestFactory
    Stream<DynamicTest> pythonConnector() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String way : List.of("thrift", "thrift-plain", "sea")) {
            for (String auth : List.of("pat", "m2m")) {
                String protocol = way.equals("sea") ? "SEA" : way.equals("thrift") ? "Thrift" : "Thrift without Arrow";
                tests.addAll(checks(
                        "Python SQL connector 4.9.0 " + protocol + " " + name(auth),
                        ScriptClient.python("python", "sql_connector.py", way, auth)));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> pythonSdk() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String auth : List.of("pat", "m2m")) {
            tests.addAll(checks("Python SDK 0.156.0 " + name(auth), ScriptClient.python("python", "sdk.py", auth)));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> sqlAlchemy() throws IOException {
        return checks("SQLAlchemy 2 PAT", ScriptClient.python("python", "alchemy.py")).stream();
    }

    @TestFactory
    Stream<DynamicTest> node() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String auth : List.of("pat", "m2m")) {
            tests.addAll(checks("Node @databricks/sql 2.1.0 " + name(auth), ScriptClient.node("sql_client.mjs", auth)));
        }
        return tests.stream();
    }

    @Test
    void dbt_projectBuiltTwice_passesEveryTime() throws IOException {
        for (List<String> step :
                List.of(List.of("debug"), List.of("build"), List.of("build"), List.of("docs", "generate"))) {
            List<String> arguments = new ArrayList<>(List.of("--no-use-colors"));
            arguments.addAll(step);
            ScriptClient.Outcome outcome = ScriptClient.run(
                    ScriptClient.environment(workspace),
                    ScriptClient.python("dbt", "dbt", arguments.toArray(String[]::new)));
            boolean passed = outcome.exitCode() == 0;
            String said = String.join("\n", outcome.output());
            note("dbt 1.10.19 PAT", "dbt " + String.join(" ", step), "dbt", passed, passed ? "" : said);
            assertThat(outcome.exitCode()).as(said).isZero();
        }
    }

    private static String name(String auth) {
        return auth.equals("pat") ? "PAT" : "M2M";
    }

    private static void note(String client, String check, String feature, boolean passed, String why) {
        ConformanceResults.note(
                ScriptClientsTest.class.getName(),
                new ConformanceResults.Line(
                        client, feature, check, passed ? ConformanceResults.PASSED : ConformanceResults.FAILED, why));
    }

    /** Runs a program now and returns a test for each line that it wrote, and one for its end. */
    private static List<DynamicTest> checks(String client, List<String> command) throws IOException {
        ScriptClient.Outcome outcome = ScriptClient.run(ScriptClient.environment(workspace), command);
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : outcome.output()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) {
                ConformanceResults.note(
                        ScriptClientsTest.class.getName(),
                        new ConformanceResults.Line(client, parts[0], parts[1], parts[2], parts[3]));
                tests.add(DynamicTest.dynamicTest(
                        client + ": " + parts[1],
                        () -> assertThat(parts[2]).as(parts[3]).isNotEqualTo(ConformanceResults.FAILED)));
            }
        }
        boolean ended = outcome.exitCode() == 0 && !tests.isEmpty();
        if (!ended) {
            note(client, "program_runs_to_its_end", "Connection", false, outcome.errors());
        }
        tests.add(DynamicTest.dynamicTest(
                client + ": program_runs_to_its_end",
                () -> assertThat(ended).as(outcome.errors()).isTrue()));
        return tests;
    }
}
