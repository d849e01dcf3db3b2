package io.lakeport.localworkspace.statement;

import java.util.UUID;

/** Ids of statements and sessions: UUIDs that begin with {@code 01}, as the service's time-ordered ones do. */
final class StatementIds {
    private StatementIds() {}

    static String next() {
        return "01" + UUID.randomUUID().toString().substring(2);
    }
}
