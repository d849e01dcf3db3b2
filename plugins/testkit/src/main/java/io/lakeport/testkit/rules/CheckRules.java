package io.lakeport.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Checks directories of classes and jars from a command line: {@code CheckRules host|plugin|hexagon PATH...}. */
public final class CheckRules {
    private CheckRules() {}

    /**
     * Prints each rule with its violations.
     *
     * @param arguments which rules, then the paths
     * @throws IllegalStateException when a rule is broken, after all were printed; the process ends with status 1
     */
    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: CheckRules host|plugin|hexagon PATH...");
        }
        List<Path> paths = Arrays.stream(arguments).skip(1).map(Path::of).toList();
        JavaClasses classes = new ClassFileImporter().importPaths(paths);
        int broken = check(named(arguments[0]), classes, System.out);
        if (broken > 0) {
            throw new IllegalStateException(broken + " rule(s) broken");
        }
    }

    private static List<ArchRule> named(String name) {
        return switch (name) {
            case "host" -> HostRules.all();
            case "plugin" -> PluginRules.all();
            case "hexagon" -> HexagonRules.all();
            default ->
                throw new IllegalArgumentException("no rules are called '" + name + "'; use host, plugin or hexagon");
        };
    }

    private static int check(List<ArchRule> rules, JavaClasses classes, PrintStream out) {
        int broken = 0;
        for (ArchRule rule : rules) {
            EvaluationResult result = rule.evaluate(classes);
            broken += result.hasViolation() ? 1 : 0;
            out.println((result.hasViolation() ? "BROKEN  " : "holds   ") + rule.getDescription());
            result.getFailureReport().getDetails().forEach(detail -> out.println("          " + detail));
        }
        return broken;
    }
}
