package io.lakeport.app.canary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches texts for secrets, as they are and as they are sent.
 *
 * @param canaries the secrets that were planted, by name
 * @param basics headers of HTTP that hold one of them
 * @param places what is searched, by name
 */
record CanarySearch(Map<String, String> canaries, List<String> basics, Map<String, String> places) {
    /** Secrets that Databricks makes, whoever made them: also those that nobody planted, as a rotation's. */
    private static final Pattern ISSUED = Pattern.compile("(?:dose|dapi)[0-9a-f]{32}");

    /** A signed token in the form of a JWT, which begins with an encoded brace. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.eyJ[\\w-]{20,}");

    private static final String ROTATED = "secret of the rotation";

    private static final String WHY = """

        Why some are in the memory of the process: what stands in the configuration is held with it, because every
        sign-in needs it; so are keys of stores, the signing key and the master key. A personal access token is
        itself the access token, which is held until it ends. What the vault keeps is in memory only while a
        sign-in is under way. The secret that a rotation fetched, and the header of the last sign-in, stay in
        buffers of the JDK's HTTP client until they are used again. What is left after close() is still referred
        to by somebody, and by whom was not traced: end the process, and treat its dumps as secrets.

        Why some are in logs of libraries at DEBUG and below: the AWS SDK's signer writes the headers that it
        signs, and the JDK's HTTP client the whole URL, of which a shared access signature is a part. Lakeport
        cannot keep them from it: leave software.amazon.awssdk and jdk.internal.httpclient at INFO.
        """;

    /** Returns how often each was found, by place and name. */
    Map<String, Map<String, Integer>> counts() {
        Map<String, Map<String, Integer>> found = new LinkedHashMap<>();
        places.forEach((place, text) -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            canaries.forEach((name, value) -> counts.put(name, count(text, value)));
            counts.put(ROTATED, unknown(text));
            counts.put(
                    "Basic header of any of them",
                    basics.stream().mapToInt(basic -> count(text, basic)).sum());
            counts.put("access token (JWT)", tokens(text));
            found.put(place, counts);
        });
        return found;
    }

    private void around(StringBuilder report, String place, String name, String value) {
        String text = places.get(place);
        int at = text.indexOf(value);
        if (at >= 0) {
            String near = text.substring(Math.max(0, at - 160), Math.min(text.length(), at + value.length() + 60))
                    .replace(value, "<THE CANARY>")
                    .replaceAll("[^ -~]+", ".");
            report.append("  ")
                    .append(place)
                    .append(", ")
                    .append(name)
                    .append(": ")
                    .append(near)
                    .append('\n');
        }
    }

    private static int count(String text, String value) {
        int count = 0;
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            count++;
        }
        return count;
    }

    private static int tokens(String text) {
        int count = 0;
        for (Matcher matcher = TOKEN.matcher(text); matcher.find(); ) {
            count++;
        }
        return count;
    }

    /** Counts secrets of Databricks' form that this test did not plant. */
    private int unknown(String text) {
        int count = 0;
        Matcher matcher = ISSUED.matcher(text);
        while (matcher.find()) {
            count += canaries.containsValue(matcher.group()) ? 0 : 1;
        }
        return count;
    }

    /** Returns a table of what was found, what stands around it, and why. */
    String report(Map<String, Map<String, Integer>> found) {
        StringBuilder text = new StringBuilder("Canaries: how often each secret was found in each place\n\n");
        List<String> all = new ArrayList<>(found.keySet());
        for (int i = 0; i < all.size(); i++) {
            text.append(String.format(
                    "%c  %s (%d characters searched)%n",
                    'A' + i, all.get(i), places.get(all.get(i)).length()));
        }
        text.append(String.format("%n%-38s", "canary"));
        for (int i = 0; i < all.size(); i++) {
            text.append(String.format("%5c", 'A' + i));
        }
        text.append('\n');
        for (String name : found.get(all.get(0)).keySet()) {
            text.append(String.format("%-38s", name));
            all.forEach(
                    place -> text.append(String.format("%5d", found.get(place).get(name))));
            text.append('\n');
        }
        text.append("\nWhat stands around a find (first of each)\n");
        all.forEach(place -> around(text, place));
        return text.append(WHY).toString();
    }

    private void around(StringBuilder text, String place) {
        canaries.forEach((name, value) -> around(text, place, name, value));
        basics.forEach(value -> around(text, place, "Basic header", value));
        Matcher matcher = ISSUED.matcher(places.get(place));
        while (matcher.find()) {
            if (!canaries.containsValue(matcher.group())) {
                around(text, place, ROTATED, matcher.group());
            }
        }
    }
}
