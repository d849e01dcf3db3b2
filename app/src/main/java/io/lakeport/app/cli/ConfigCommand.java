package io.lakeport.app.cli;

import io.lakeport.app.config.ConfigFile;
import io.lakeport.app.config.ConfigSchema;
import io.lakeport.app.config.EffectiveConfig;
import io.lakeport.app.config.LakeportConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks and shows configurations. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "COMMAND",
        description = "Check a configuration, show what it amounts to, print the schema.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport config check acme.json",
            "  lakeport config show acme.json          all settings, defaults included, secrets masked",
            "  lakeport config schema > lakeport.schema.json",
            "  lakeport config export birdie.json      Birdie's document without its secrets",
        })
final class ConfigCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: check, show, schema or export");
    }

    @Command(name = "check", description = "Read a configuration and say whether it is good.")
    int check(@Parameters(paramLabel = "FILE", description = "Lakeport's document or Birdie's.") Path file) {
        LakeportConfig config = ConfigFile.load(file);
        config.warnings().forEach(console::warning);
        console.line(file + ": good; " + config.tenants().size() + " tenant(s), "
                + config.warnings().size() + " warning(s)");
        return console.finish();
    }

    @Command(name = "show", description = "Print the whole configuration with defaults, secrets masked.")
    int show(@Parameters(paramLabel = "FILE", description = "Lakeport's document or Birdie's.") Path file) {
        LakeportConfig config = ConfigFile.load(file);
        config.warnings().forEach(console::warning);
        console.line(EffectiveConfig.print(config));
        return console.finish();
    }

    @Command(name = "schema", description = "Print the JSON Schema of the configuration.")
    int schema(@Option(names = "--birdie", description = "Of Birdie's document instead.") boolean birdie) {
        console.line((birdie ? ConfigSchema.birdie() : ConfigSchema.lakeport()).strip());
        return console.finish();
    }

    @Command(name = "export", description = "Print Birdie's document with references in place of its secrets.")
    int export(@Parameters(paramLabel = "FILE", description = "Birdie's document.") Path file) {
        console.line(EffectiveConfig.exportBirdie(ConfigFile.birdie(file)));
        return console.finish();
    }
}
