package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.account.HistorySettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The options that only this workspace has, as texts by name, and what they make of its {@link WorkspaceOptions}. */
final class StartOptions {
    static final String USAGE =
            "[--engine NAME] [--account-history months=6,seed=42] [--bind ADDRESS] [--governance on|off] [--chunk-rows N] "
                    + StoreArguments.USAGE;

    private static final String ENGINE = "engine";
    private static final String ACCOUNT_HISTORY = "account-history";
    private static final String BIND = "bind";
    private static final String GOVERNANCE = "governance";
    private static final String CHUNK_ROWS = "chunk-rows";
    private static final List<String> KNOWN = Stream.concat(
                    Stream.of(ENGINE, ACCOUNT_HISTORY, BIND, GOVERNANCE, CHUNK_ROWS), StoreArguments.KNOWN.stream())
            .toList();

    private StartOptions() {}

    static boolean isKnown(String argument) {
        return argument.startsWith("--") && KNOWN.contains(argument.substring(2));
    }

    /** Adds an argument; one that is given again has a line for each value. */
    static void add(Map<String, String> options, String argument, String value) {
        options.merge(argument.substring(2), value, (one, more) -> one + "\n" + more);
    }

    static List<String> toCommandLine(Map<String, String> options) {
        List<String> arguments = new ArrayList<>();
        for (String name : new TreeSet<>(options.keySet())) {
            for (String value : String.valueOf(options.get(name)).split("\n", -1)) {
                arguments.add("--" + name);
                arguments.add(value);
            }
        }
        return arguments;
    }

    /** Returns the name of the engine that is asked for. */
    static String engine(SimulatorSettings settings) {
        return settings.options().getOrDefault(ENGINE, SampleData.ENGINE);
    }

    /**
     * Returns the options that the settings ask for.
     *
     * @throws IllegalArgumentException when a name is unknown or a value cannot be used
     */
    static WorkspaceOptions apply(SimulatorSettings settings, WorkspaceOptions defaults) {
        for (String name : settings.options().keySet()) {
            if (!isKnown("--" + name)) {
                throw new IllegalArgumentException(
                        "The local workspace has no option '" + name + "'; it has " + String.join(", ", KNOWN) + ".");
            }
        }
        WorkspaceOptions options = settings.options().keySet().stream().anyMatch(StoreArguments.KNOWN::contains)
                ? defaults.withStores(StoreArguments.of(settings.options()))
                : defaults;
        String history = settings.options().get(ACCOUNT_HISTORY);
        if (history != null) {
            options = options.withAccountHistory(HistorySettings.parse(history));
        }
        String governance = settings.options().getOrDefault(GOVERNANCE, "");
        if (!governance.isEmpty()) {
            if (!governance.matches("on|off")) {
                throw new IllegalArgumentException("--governance is on or off, but got " + governance);
            }
            options = options.withEnforceGovernance(governance.equals("on"));
        }
        String chunkRows = settings.options().getOrDefault(CHUNK_ROWS, "");
        if (!chunkRows.isEmpty()) {
            if (!chunkRows.matches("[1-9][0-9]{0,5}")) {
                throw new IllegalArgumentException("--chunk-rows is a number from 1 to 999999, but got " + chunkRows);
            }
            options = options.withChunkRows(Integer.parseInt(chunkRows));
        }
        String bind = settings.options().get(BIND);
        return bind == null ? options : options.withBind(address(bind));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--bind needs an address of this machine, but got " + text, e);
        }
    }
}
