package io.lakeport.localworkspace.sql.expression;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions that a template can express, read from {@code functions.txt}: {@code name/LABEL(parameters) RESULT ::
 * template}, several lines for one name being overloads tried in order.
 */
public final class FunctionTable {
    private static final String RESOURCE = "/io/lakeport/localworkspace/sql/functions.txt";
    private static final Pattern LINE = Pattern.compile("([\\w/]+)\\(([^)]*)\\)\\s+(.+?)([!?]?)\\s+::\\s+(.*)");
    private static final Map<String, List<FunctionRule>> RULES = load();
    private static final Set<String> SPECIAL = FunctionCalls.specialNames();

    private FunctionTable() {}

    static List<FunctionRule> rules(String name) {
        return RULES.getOrDefault(name, List.of());
    }

    /** Returns the names of all functions that the workspace knows, in order. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(RULES.keySet());
        names.addAll(FunctionCalls.specialNames());
        return names;
    }

    /** Whether the engine has a function of that name, in lower case. */
    static boolean has(String name) {
        return RULES.containsKey(name) || SPECIAL.contains(name);
    }

    private static Map<String, List<FunctionRule>> load() {
        Map<String, List<FunctionRule>> rules = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(FunctionTable.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(rules, line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE + " from the jar; the jar is damaged.", e);
        }
        return rules;
    }

    private static void add(Map<String, List<FunctionRule>> rules, String line) {
        Matcher m = LINE.matcher(line.trim());
        if (!m.matches()) {
            throw new IllegalStateException("A line of " + RESOURCE + " is malformed: " + line);
        }
        List<String> parameters = new ArrayList<>();
        int required = 0;
        boolean repeats = false;
        for (String p : m.group(2).isBlank() ? new String[0] : m.group(2).split("\\s*,\\s*")) {
            repeats = p.endsWith("*");
            required += p.endsWith("*") || p.endsWith("?") ? 0 : 1;
            parameters.add(p.replaceAll("[*?]$", ""));
        }
        Boolean nullable = m.group(4).isEmpty() ? null : m.group(4).equals("?");
        String[] names = m.group(1).split("/");
        String label = names.length > 1 ? names[1] : names[0];
        FunctionRule rule = new FunctionRule(label, parameters, repeats, required, m.group(3), nullable, m.group(5));
        rules.computeIfAbsent(names[0].toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                .add(rule);
    }
}
