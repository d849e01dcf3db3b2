package io.lakeport.app.cli;

import io.lakeport.app.Lakeport;
import io.lakeport.app.config.JsonText;
import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.StateStatus;
import io.lakeport.core.state.StateStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after what outlives a process. */
@Command(
        name = "state",
        synopsisSubcommandLabel = "COMMAND",
        description = "Show, back up, restore and migrate what Lakeport keeps beyond a process.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport state status  -c acme.json",
            "  lakeport state backup  -c acme.json state-2026-11-21.backup",
            "  lakeport state restore -c acme.json state-2026-11-21.backup --replace",
            "",
            "A backup holds secrets only as they are sealed, and can be restored to another kind of database.",
        })
final class StateCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: status, backup, restore or migrate");
    }

    private <T> T with(ConnectionOptions connection, Function<StateStore, T> work) {
        try (Lakeport lakeport = connection.start(connection.config(console))) {
            return work.apply(lakeport.state());
        }
    }

    @Command(
            name = "status",
            description = "Say where state is, of which version, how much there is, and who has it open.")
    int status(
            @Mixin ConnectionOptions connection,
            @Option(names = "--json", description = "As one JSON object.") boolean json) {
        StateStatus status = with(connection, StateStore::status);
        if (json) {
            console.line(JsonText.line(members(status)));
            return console.finish();
        }
        console.line("provider   " + status.provider() + ", " + status.engine());
        console.line("place      " + status.place());
        console.line("version    " + status.version()
                + (status.mustMigrate() ? "; must be migrated to " + status.known() : ""));
        console.line(String.format(
                Locale.ROOT,
                "holds      %,d document(s) of %,d tenant(s), %,d bytes; %,d lease(s)",
                status.documents(),
                status.tenants(),
                status.bytes(),
                status.leases()));
        status.users().forEach(user -> console.line("open in    " + user));
        return console.finish();
    }

    private static Map<String, Object> members(StateStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", status.provider());
        json.put("place", status.place());
        json.put("engine", status.engine());
        json.put("version", status.version());
        json.put("known_version", status.known());
        json.put("tenants", status.tenants());
        json.put("documents", status.documents());
        json.put("bytes", status.bytes());
        json.put("leases", status.leases());
        json.put("open_in", status.users());
        return json;
    }

    @Command(name = "backup", description = "Write everything to a new file, while others go on.")
    int backup(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file) {
        return told("backed up to " + file, with(connection, store -> store.backup(file)));
    }

    @Command(name = "restore", description = "Read a backup, all at once.")
    int restore(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE", description = "What 'backup' wrote.") Path file,
            @Option(names = "--replace", description = "Lose what the store holds now.") boolean replace) {
        return told("restored from " + file, with(connection, store -> store.restore(file, replace)));
    }

    private int told(String what, BackupInfo info) {
        console.line(String.format(
                Locale.ROOT,
                "%,d document(s), %,d bytes, taken %s, %s; sha256 %s",
                info.documents(),
                info.bytes(),
                info.taken(),
                what,
                info.sha256()));
        return console.finish();
    }

    @Command(name = "migrate", description = "Bring the database to the version of this Lakeport.")
    int migrate(@Mixin ConnectionOptions connection) {
        StateStatus status = with(connection, StateStore::migrate);
        console.line(status.place() + " has version " + status.version());
        return console.finish();
    }
}
