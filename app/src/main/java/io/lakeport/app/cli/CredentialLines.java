package io.lakeport.app.cli;

import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.credential.CredentialHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Credentials as lines of a table and of JSON. */
final class CredentialLines {
    private CredentialLines() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static void print(List<CredentialHealth> board, Console console) {
        TextTable table = new TextTable(
                "STATE", "TENANT", "OWNER", "METHOD", "CREDENTIAL", "OBTAINED", "ENDS", "LEFT", "LAST USED");
        Instant now = Instant.now();
        for (CredentialHealth one : board) {
            table.row(
                    word(one.state()),
                    one.tenant().value(),
                    one.user().map(UserId::value).orElse("-"),
                    one.method(),
                    one.name(),
                    day(one.obtained()),
                    day(one.ends()),
                    one.ends().map(end -> left(now, end)).orElse("?"),
                    one.lastUsed()
                            .map(at -> at.truncatedTo(ChronoUnit.MINUTES).toString())
                            .orElse("-"));
        }
        table.print(console);
        board.stream()
                .filter(one -> !one.advice().isEmpty())
                .forEach(one -> console.line(one.tenant()
                        + one.user().map(user -> ", user '" + user + "'").orElse("") + ", " + one.name() + ": "
                        + one.advice()));
    }

    private static String day(Optional<Instant> at) {
        return at.map(time -> time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10))
                .orElse("?");
    }

    private static String left(Instant now, Instant end) {
        Duration left = Duration.between(now, end);
        return left.isNegative() ? "0" : left.toDays() > 0 ? left.toDays() + "d" : left.toHours() + "h";
    }

    static Map<String, Object> members(CredentialHealth one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", one.tenant().value());
        one.user().ifPresent(user -> json.put("user", user.value()));
        json.put("method", one.method());
        json.put("credential", one.name());
        json.put("state", word(one.state()));
        one.obtained().ifPresent(at -> json.put("obtained", at.toString()));
        one.ends().ifPresent(at -> json.put("ends", at.toString()));
        one.ends()
                .ifPresent(at -> json.put(
                        "remaining_seconds",
                        Math.max(0, Duration.between(Instant.now(), at).toSeconds())));
        one.lastUsed().ifPresent(at -> json.put("last_used", at.toString()));
        one.tokenEnds().ifPresent(at -> json.put("token_ends", at.toString()));
        if (!one.advice().isEmpty()) {
            json.put("advice", one.advice());
        }
        return json;
    }
}
