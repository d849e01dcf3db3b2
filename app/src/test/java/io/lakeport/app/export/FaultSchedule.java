package io.lakeport.app.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults that one seed stands for, as documents of the workspace's fault API. Each ends by itself after a few firings.
 *
 * @param seed the seed
 * @param faults the documents
 */
record FaultSchedule(long seed, List<String> faults) {
    private static final String POST = "\"method\":\"POST\",\"path\":\"/api/2.0/sql/statements\"";
    private static final String POLL = "\"method\":\"GET\",\"path\":\"/api/2.0/sql/statements/*\"";
    private static final String LINKS = "\"method\":\"GET\",\"path\":\"/api/2.0/sql/statements/*/result/chunks/*\"";
    private static final String CHUNKS = "\"path\":\"/cloudfetch/**\"";
    private static final String ROWS = "\"statement\":\"SELECT.*orders.*\"";
    private static final String FILES = "\"path\":\"/api/2.0/fs/files/**\"";
    private static final String TOKENS = "\"path\":\"/oidc/v1/token\"";
    private static final String ANY_API = "\"path\":\"/api/**\"";

    FaultSchedule {
        faults = List.copyOf(faults);
    }

    static FaultSchedule of(long seed, boolean filesApi) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<String> faults = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            faults.add(fault(random, filesApi));
        }
        return new FaultSchedule(seed, faults);
    }

    private static String fault(Random random, boolean filesApi) {
        int after = random.nextInt(12);
        int times = 1 + random.nextInt(3);
        return switch (random.nextInt(filesApi ? 24 : 19)) {
            case 0 -> json(CHUNKS, after, times, "\"kind\":\"cut\"");
            case 1 -> json(CHUNKS, after, times, "\"kind\":\"cut_after\",\"bytes\":" + (1 + random.nextInt(900)));
            case 2 -> json(CHUNKS, after, times, "\"kind\":\"shorten\",\"bytes\":" + (1 + random.nextInt(900)));
            case 3 -> json(CHUNKS, after, times, "\"kind\":\"corrupt\",\"offset\":-1,\"bytes\":3");
            case 4 -> json(CHUNKS, after, times, "\"kind\":\"answer\",\"status\":403,\"body\":\"xml\"");
            case 5 -> json(CHUNKS, after, times, "\"kind\":\"answer\",\"status\":404,\"body\":\"xml\"");
            case 6 -> json(CHUNKS, after, times, "\"kind\":\"answer\",\"status\":503,\"body\":\"xml\"");
            case 7 -> json(CHUNKS, after, times, "\"kind\":\"delay\",\"seconds\":0.05");
            case 8 -> json(LINKS, after, times, "\"kind\":\"answer\",\"status\":429,\"retry_after\":0");
            case 9 -> json(LINKS, after, times, "\"kind\":\"answer\",\"status\":500");
            case 10 -> json(LINKS, after, times, "\"kind\":\"cut\",\"served\":true");
            case 11 -> json(POST, random.nextInt(4), times, "\"kind\":\"answer\",\"status\":429");
            case 12 -> json(POST, random.nextInt(4), 1, "\"kind\":\"cut\",\"served\":true");
            case 13 ->
                // After a 503 nobody knows whether the statement runs, and the history is asked for a minute.
                random.nextInt(40) == 0
                        ? json(POST, random.nextInt(4), 1, "\"kind\":\"answer\",\"status\":503,\"body\":\"html\"")
                        : json(POST, random.nextInt(4), times, "\"kind\":\"answer\",\"status\":429,\"retry_after\":0");
            case 14 -> json(POLL, random.nextInt(3), times, "\"kind\":\"cut\"");
            case 15 -> json(ROWS, 0, 1, "\"kind\":\"lose_result\"");
            case 16 -> json(ROWS, 0, 1, "\"kind\":\"close_statement\"");
            case 17 -> json(ROWS, 0, 1 + random.nextInt(4), "\"kind\":\"expire_links\",\"seconds\":0");
            case 18 -> json(TOKENS, 0, times, "\"kind\":\"answer\",\"status\":503");
            case 19 -> json(FILES, after, times, "\"kind\":\"answer\",\"status\":503");
            case 20 -> json(FILES, after, times, "\"kind\":\"answer\",\"status\":429,\"retry_after\":0");
            case 21 -> json(FILES, after, 1, "\"kind\":\"cut\",\"served\":true");
            case 22 -> json(FILES, after, times, "\"kind\":\"cut\"");
            default -> json(ANY_API, after, 1, "\"kind\":\"revoke_tokens\"");
        };
    }

    private static String json(String match, int after, int times, String effect) {
        return "{\"match\":{" + match + "},\"after\":" + after + ",\"times\":" + times + ",\"effect\":{" + effect
                + "}}";
    }
}
