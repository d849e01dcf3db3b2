package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.app.scope.GrantLint;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a customer's setup script and names what in it does not do what it says. */
@Command(
        name = "lint",
        description =
                "Read a setup script without running it, and name each statement that does not do on Unity Catalog"
                        + " what it says, with what does; exit code 4 when there is one.")
final class GrantsLintCommand implements Callable<Integer> {
    /** Forms of output. */
    enum Form {
        TEXT,
        JSON
    }

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The script; - for standard input.")
    private String file = "-";

    @Option(names = "--format", paramLabel = "FORM", defaultValue = "text", description = "text or json.")
    private Form form = Form.TEXT;

    GrantsLintCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<GrantLint.Finding> findings = GrantLint.of(script());
        if (form == Form.JSON) {
            console.line(JsonText.line(Map.of(
                    "findings",
                    findings.stream().map(GrantsLintCommand::members).toList())));
        } else if (findings.isEmpty()) {
            console.line("nothing was found");
        } else {
            findings.forEach(this::text);
        }
        int written = console.finish();
        return findings.isEmpty() ? written : ExitCode.PERMISSION;
    }

    private void text(GrantLint.Finding finding) {
        console.line("line " + finding.line() + "  [" + finding.rule() + "]  " + finding.problem());
        console.line("          instead  " + finding.instead());
    }

    private static Map<String, Object> members(GrantLint.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", finding.line());
        json.put("rule", finding.rule());
        json.put("problem", finding.problem());
        json.put("instead", finding.instead());
        return json;
    }

    private String script() {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT, "script '" + file + "' cannot be read; give a file, or -", e);
        }
    }
}
