package io.lakeport.storage.jsonl;

import io.lakeport.storage.option.Options;
import io.lakeport.storage.partition.FileSettings;
import io.lakeport.storage.text.JsonRules;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Options of the format.
 *
 * @param rules how values are spelled
 * @param files how lines are put into files
 */
record JsonLinesOptions(JsonRules rules, FileSettings files) {
    private static final String EXACT = "exact_numbers";
    private static final String NON_FINITE = "non_finite";
    private static final String MAPS = "maps";
    private static final String NULLS = "nulls";
    private static final String ASCII = "ascii";
    private static final String BINARY = "binary";
    private static final Set<String> KNOWN = Set.of(EXACT, NON_FINITE, MAPS, NULLS, ASCII, BINARY);

    static JsonLinesOptions of(Map<String, String> options) {
        Set<String> known = new TreeSet<>(KNOWN);
        known.addAll(FileSettings.KNOWN);
        Options given = Options.of("format jsonl", options, known);
        JsonRules rules = new JsonRules(
                exact(given),
                isSecond(given, NON_FINITE, "text", "null"),
                isSecond(given, MAPS, "object", "entries"),
                isSecond(given, NULLS, "keep", "drop"),
                given.flag(ASCII, false),
                isSecond(given, BINARY, "base64", "hex"));
        return new JsonLinesOptions(rules, FileSettings.of(given));
    }

    private static JsonRules.Exact exact(Options options) {
        return switch (options.text(EXACT).orElse("auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> JsonRules.Exact.AUTO;
            case "number" -> JsonRules.Exact.NUMBER;
            case "text" -> JsonRules.Exact.TEXT;
            default -> throw options.malformed(EXACT, "expected auto, number or text");
        };
    }

    private static boolean isSecond(Options options, String name, String first, String second) {
        String value = options.text(name).orElse(first).toLowerCase(Locale.ROOT);
        if (!value.equals(first) && !value.equals(second)) {
            throw options.malformed(name, "expected " + first + " or " + second);
        }
        return value.equals(second);
    }
}
