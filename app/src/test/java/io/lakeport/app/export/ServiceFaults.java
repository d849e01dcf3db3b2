package io.lakeport.app.export;

import java.util.Random;

/** Faults of the workspace, its token endpoint, its result storage and its Files API. Each ends after a few firings. */
final class ServiceFaults {
    private static final String POST = "\"method\":\"POST\",\"path\":\"/api/2.0/sql/statements\"";
    private static final String POLL = "\"method\":\"GET\",\"path\":\"/api/2.0/sql/statements/*\"";
    private static final String LINKS = "\"method\":\"GET\",\"path\":\"/api/2.0/sql/statements/*/result/chunks/*\"";
    private static final String CHUNKS = "\"path\":\"/cloudfetch/**\"";
    private static final String ROWS = "\"statement\":\"SELECT.*orders.*\"";
    private static final String FILES = "\"path\":\"/api/2.0/fs/files/**\"";
    private static final String TOKENS = "\"path\":\"/oidc/v1/token\"";
    private static final String ANY_API = "\"path\":\"/api/**\"";

    private ServiceFaults() {}

    static Mishap ofResults(Random random) {
        int after = random.nextInt(12);
        int times = 1 + random.nextInt(3);
        String bytes = ",\"bytes\":" + (1 + random.nextInt(900));
        return switch (random.nextInt(11)) {
            case 0 -> fault("chunk reset", CHUNKS, after, times, "\"kind\":\"cut\"");
            case 1 -> fault("chunk cut", CHUNKS, after, times, "\"kind\":\"cut_after\"" + bytes);
            case 2 -> fault("chunk short", CHUNKS, after, times, "\"kind\":\"shorten\"" + bytes);
            case 3 -> fault("chunk corrupt", CHUNKS, after, times, "\"kind\":\"corrupt\",\"offset\":-1,\"bytes\":3");
            case 4 -> answer("chunk 403", CHUNKS, after, times, 403, ",\"body\":\"xml\"");
            case 5 -> answer("chunk 404", CHUNKS, after, times, 404, ",\"body\":\"xml\"");
            case 6 -> answer("chunk 503", CHUNKS, after, times, 503, ",\"body\":\"xml\"");
            case 7 -> fault("chunk slow", CHUNKS, after, times, "\"kind\":\"delay\",\"seconds\":0.05");
            case 8 -> answer("links 429 Retry-After", LINKS, after, times, 429, ",\"retry_after\":0");
            case 9 -> answer("links 500", LINKS, after, times, 500, "");
            default -> fault("links answer lost", LINKS, after, times, "\"kind\":\"cut\",\"served\":true");
        };
    }

    static Mishap ofStatements(Random random) {
        int after = random.nextInt(4);
        int times = 1 + random.nextInt(3);
        return switch (random.nextInt(11)) {
            case 0 -> answer("statement 429", POST, after, times, 429, "");
            case 1 -> answer("statement 429 Retry-After", POST, after, times, 429, ",\"retry_after\":0");
            case 2 -> answer("statement 503", POST, after, 1, 503, ",\"body\":\"html\"");
            case 3 -> fault("statement answer lost", POST, after, 1, "\"kind\":\"cut\",\"served\":true");
            case 4 -> fault("poll reset", POLL, after, times, "\"kind\":\"cut\"");
            case 5 -> fault("result lost", ROWS, 0, 1, "\"kind\":\"lose_result\"");
            case 6 -> fault("statement closed", ROWS, 0, 1, "\"kind\":\"close_statement\"");
            case 7 -> fault("links expire early", ROWS, 0, times, "\"kind\":\"expire_links\",\"seconds\":0");
            case 8 -> fault("warehouse starts", ROWS, 0, 1, "\"kind\":\"cold_start\",\"seconds\":0.2");
            case 9 -> answer("token 503", TOKENS, 0, times, 503, "");
            default -> fault("tokens revoked", ANY_API, 3 * after, 1, "\"kind\":\"revoke_tokens\"");
        };
    }

    static Mishap ofFiles(Random random) {
        int after = random.nextInt(12);
        int times = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0 -> answer("file 503", FILES, after, times, 503, "");
            case 1 -> answer("file 429", FILES, after, times, 429, ",\"retry_after\":0");
            case 2 -> answer("file 500", FILES, after, times, 500, "");
            case 3 -> fault("file answer lost", FILES, after, 1, "\"kind\":\"cut\",\"served\":true");
            default -> fault("file reset", FILES, after, times, "\"kind\":\"cut\"");
        };
    }

    private static Mishap answer(String name, String match, int after, int times, int status, String more) {
        return fault(name, match, after, times, "\"kind\":\"answer\",\"status\":" + status + more);
    }

    private static Mishap fault(String name, String match, int after, int times, String effect) {
        String json = "{\"match\":{" + match + "},\"after\":" + after + ",\"times\":" + times + ",\"effect\":{" + effect
                + "}}";
        return new Mishap(
                name,
                "after " + after + ", " + times + " times",
                world -> world.faults().plan(name, json));
    }
}
