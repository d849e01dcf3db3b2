package io.lakeport.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.lakeport.testkit.compile.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Classes compiled from text, set before a rule. Libraries that a text names are compiled as empty stand-ins. */
record Compiled(JavaClasses classes) {
    static Compiled from(String... sources) {
        try {
            // Below target and not deleted: a rule may read the class files when it is checked.
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/rule-fixtures")), "r");
            Sources all = new Sources();
            for (String source : sources) {
                all.add(nameOf(source), source);
            }
            return new Compiled(new ClassFileImporter().importPath(all.compileInto(directory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a rule says of them: empty text when it holds. */
    String against(ArchRule rule) {
        return rule.evaluate(classes).hasViolation()
                ? rule.evaluate(classes).getFailureReport().toString()
                : "";
    }

    private static String nameOf(String source) {
        List<String> words = List.of(source.split("[\\s;{]+"));
        String type = words.get(words.indexOf(firstOf(words, "class", "record", "interface")) + 1);
        return words.get(words.indexOf("package") + 1) + "." + type.replaceAll("\\(.*", "");
    }

    private static String firstOf(List<String> words, String... candidates) {
        List<String> wanted = List.of(candidates);
        return words.stream().filter(wanted::contains).findFirst().orElseThrow();
    }
}
