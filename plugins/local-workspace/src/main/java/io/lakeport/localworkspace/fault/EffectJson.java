package io.lakeport.localworkspace.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.fault.FaultyAnswer.Body;
import io.lakeport.localworkspace.http.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Effects as the control endpoint reads and writes them: {@code kind} and what that kind needs. */
final class EffectJson {
    private EffectJson() {}

    static FaultEffect read(JsonNode node) {
        String kind = Json.text(node, "kind").orElse("");
        FaultEffect effect = switch (kind) {
            case "answer" -> new FaultEffect.Answer(answer(node));
            case "delay" -> new FaultEffect.Delay(seconds(node));
            case "cut" -> new FaultEffect.Cut(node.path("served").asBoolean());
            case "cut_after" -> new FaultEffect.CutAfter(bytes(node));
            case "shorten" -> new FaultEffect.Shorten(bytes(node));
            case "corrupt" ->
                new FaultEffect.Corrupt(
                        FaultJson.number(node, "offset", -1), Math.toIntExact(FaultJson.number(node, "bytes", 1)));
            case "deny_address" -> new FaultEffect.DenyAddress();
            case "revoke_tokens" -> new FaultEffect.RevokeTokens();
            case "expire_links" ->
                new FaultEffect.ExpireLinks(
                        seconds(node), node.path("announced").asBoolean(true));
            default -> statementEffect(kind, node);
        };
        FaultJson.requireKnown(node, fields(effect), "effect " + kind);
        return effect;
    }

    /** An effect as written has every field of its kind, but for those of an answer that may be left out. */
    private static Set<String> fields(FaultEffect effect) {
        Set<String> names = new HashSet<>();
        write(effect).fieldNames().forEachRemaining(names::add);
        if (effect instanceof FaultEffect.Answer) {
            names.addAll(Set.of("error_code", "message", "retry_after", "retry_after_date_in"));
        }
        return names;
    }

    private static FaultEffect statementEffect(String kind, JsonNode node) {
        return switch (kind) {
            case "hang" -> new FaultEffect.Hang();
            case "fail" ->
                new FaultEffect.Fail(
                        Json.text(node, "error_code").orElse("BAD_REQUEST"),
                        Json.text(node, "sql_state").orElse("HY000"),
                        message(node));
            case "close_statement" -> new FaultEffect.CloseStatement();
            case "lose_result" -> new FaultEffect.LoseResult();
            case "keep_running" -> new FaultEffect.KeepRunning(seconds(node));
            case "cold_start" -> new FaultEffect.ColdStart(seconds(node));
            case "expire_session" -> new FaultEffect.ExpireSession();
            case "thrift_status" ->
                new FaultEffect.ThriftAnswer(
                        Math.toIntExact(FaultJson.number(node, "status_code", 3)),
                        Json.text(node, "sql_state").orElse("HY000"),
                        message(node));
            case "thrift_exception" ->
                new FaultEffect.ThriftException(Math.toIntExact(FaultJson.number(node, "type", 6)), message(node));
            default ->
                throw new IllegalArgumentException("unknown kind of effect '" + kind
                        + "'; known are answer, delay, cut, cut_after, shorten, corrupt, deny_address, revoke_tokens,"
                        + " expire_links, hang, fail, close_statement, lose_result, keep_running, cold_start,"
                        + " expire_session, thrift_status, thrift_exception");
        };
    }

    private static String message(JsonNode node) {
        return Json.text(node, "message").orElse("A fault was planned here.");
    }

    private static Duration seconds(JsonNode node) {
        JsonNode value = node.path("seconds");
        if (!value.isNumber()) {
            throw new IllegalArgumentException("this effect needs 'seconds', a number");
        }
        return Duration.ofMillis(Math.round(value.asDouble() * 1000));
    }

    private static long bytes(JsonNode node) {
        long bytes = FaultJson.number(node, "bytes", -1);
        if (bytes < 0) {
            throw new IllegalArgumentException("this effect needs 'bytes', a number that is not negative");
        }
        return bytes;
    }

    private static FaultyAnswer answer(JsonNode node) {
        String body = Json.text(node, "body").orElse("json").toUpperCase(Locale.ROOT);
        Body shape = Arrays.stream(Body.values())
                .filter(known -> known.name().equals(body))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown body '" + body + "'; known are " + Arrays.toString(Body.values())));
        long seconds = FaultJson.number(node, "retry_after", -1);
        long date = FaultJson.number(node, "retry_after_date_in", -1);
        Optional<RetryAfter> retryAfter = seconds >= 0
                ? Optional.of(RetryAfter.seconds(seconds))
                : date >= 0 ? Optional.of(RetryAfter.dateIn(date)) : Optional.empty();
        return new FaultyAnswer(
                Math.toIntExact(FaultJson.number(node, "status", 500)),
                Json.text(node, "error_code"),
                Json.text(node, "message"),
                shape,
                retryAfter);
    }

    static ObjectNode write(FaultEffect effect) {
        ObjectNode node = Json.object().put("kind", effect.kind());
        if (effect instanceof FaultEffect.Answer answer) {
            writeAnswer(node, answer.answer());
        } else if (effect instanceof FaultEffect.Delay delay) {
            putSeconds(node, delay.duration());
        } else if (effect instanceof FaultEffect.Cut cut) {
            node.put("served", cut.served());
        } else if (effect instanceof FaultEffect.CutAfter cut) {
            node.put("bytes", cut.bytes());
        } else if (effect instanceof FaultEffect.Shorten shorten) {
            node.put("bytes", shorten.bytes());
        } else if (effect instanceof FaultEffect.Corrupt corrupt) {
            node.put("offset", corrupt.offset()).put("bytes", corrupt.bytes());
        } else if (effect instanceof FaultEffect.ExpireLinks expire) {
            putSeconds(node, expire.lifetime()).put("announced", expire.announced());
        } else {
            writeStatementEffect(node, effect);
        }
        return node;
    }

    private static void writeStatementEffect(ObjectNode node, FaultEffect effect) {
        if (effect instanceof FaultEffect.Fail fail) {
            node.put("error_code", fail.errorCode())
                    .put("sql_state", fail.sqlState())
                    .put("message", fail.message());
        } else if (effect instanceof FaultEffect.KeepRunning keep) {
            putSeconds(node, keep.duration());
        } else if (effect instanceof FaultEffect.ColdStart cold) {
            putSeconds(node, cold.duration());
        } else if (effect instanceof FaultEffect.ThriftAnswer answer) {
            node.put("status_code", answer.statusCode())
                    .put("sql_state", answer.sqlState())
                    .put("message", answer.message());
        } else if (effect instanceof FaultEffect.ThriftException exception) {
            node.put("type", exception.type()).put("message", exception.message());
        }
    }

    private static ObjectNode putSeconds(ObjectNode node, Duration duration) {
        return node.put("seconds", duration.toMillis() / 1000.0);
    }

    private static void writeAnswer(ObjectNode node, FaultyAnswer answer) {
        node.put("status", answer.status()).put("body", answer.body().name().toLowerCase(Locale.ROOT));
        FaultJson.put(node, "error_code", answer.errorCode());
        FaultJson.put(node, "message", answer.message());
        answer.retryAfter()
                .ifPresent(after -> node.put(
                        after.asDate() ? "retry_after_date_in" : "retry_after",
                        after.after().toSeconds()));
    }
}
