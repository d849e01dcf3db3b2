package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a workspace process, read and written in one place.
 *
 * @param settings how the workspace starts
 * @param untilStdinCloses whether it ends when its standard input does
 */
record Arguments(SimulatorSettings settings, boolean untilStdinCloses) {
    static final String USAGE = "usage: [--port N] [--data DIR | --memory] [--load name=FILE]... " + StartOptions.USAGE
            + " [--until-stdin-closes]";

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a sentence for the user when it cannot be used
     */
    static Arguments parse(String... args) {
        int port = 0;
        Optional<Path> data = Optional.empty();
        boolean memory = false;
        Map<String, String> options = new LinkedHashMap<>();
        boolean untilStdinCloses = false;
        Map<String, Path> tables = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--port" -> port = port(value(args, i++));
                case "--data" -> data = Optional.of(Path.of(value(args, i++)));
                case "--memory" -> memory = true;
                case "--load" -> addTable(tables, value(args, i++));
                case "--until-stdin-closes" -> untilStdinCloses = true;
                default -> {
                    if (!StartOptions.isKnown(args[i])) {
                        throw new IllegalArgumentException("unknown argument " + args[i] + "; " + USAGE);
                    }
                    StartOptions.add(options, args[i], value(args, i++));
                }
            }
        }
        if (memory && data.isPresent()) {
            throw new IllegalArgumentException("--data and --memory exclude each other; " + USAGE);
        }
        return new Arguments(new SimulatorSettings(port, data, tables, options), untilStdinCloses);
    }

    private static String value(String[] args, int flag) {
        if (flag + 1 >= args.length) {
            throw new IllegalArgumentException(args[flag] + " needs a value; " + USAGE);
        }
        return args[flag + 1];
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--port needs a number from 0 to 65535, but got " + text);
        }
        return Integer.parseInt(text);
    }

    private static void addTable(Map<String, Path> tables, String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException("--load needs name=FILE, but got " + text);
        }
        tables.put(text.substring(0, equals), Path.of(text.substring(equals + 1)));
    }

    /** Returns the command line that reads back as these arguments. */
    List<String> toCommandLine() {
        List<String> args = new ArrayList<>();
        args.add("--port");
        args.add(String.valueOf(settings.port()));
        settings.dataDirectory()
                .ifPresentOrElse(
                        directory -> {
                            args.add("--data");
                            args.add(directory.toAbsolutePath().toString());
                        },
                        () -> args.add("--memory"));
        settings.tables().forEach((name, file) -> {
            args.add("--load");
            args.add(name + "=" + file.toAbsolutePath());
        });
        args.addAll(StartOptions.toCommandLine(settings.options()));
        if (untilStdinCloses) {
            args.add("--until-stdin-closes");
        }
        return args;
    }
}
