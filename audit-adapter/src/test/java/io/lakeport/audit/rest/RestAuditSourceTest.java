package io.lakeport.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.audit.FakeWorkspace;
import io.lakeport.audit.FakeWorkspace.Says;
import io.lakeport.audit.Tenants;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.query.WarehouseCapability;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestAuditSourceTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    @Tag("AK-27")
    void find_fullAndSparseEntries_areRead() throws IOException {
        Says answer = Says.json(200, """
                {"res":[{"query_id":"s-1","status":"FINISHED","user_name":"sp","warehouse_id":"w1","duration":1500,
                 "client_application":"Acme_Widget/1.2.3","statement_type":"SELECT","rows_produced":7,
                 "query_start_time_ms":1795255200000,"is_final":true,"query_text":"SELECT 1",
                 "query_tags":[{"key":"lakeport_tag","value":"abc"},{"key":"bare"}]},
                 {"query_id":"s-2","status":"SOMETHING_NEW"}]}""");
        try (FakeWorkspace host = new FakeWorkspace(asked -> answer);
                AuditSource source = open(host)) {
            List<HistoryEntry> found = source.find(Set.of("s-1", "s-2"), SINCE, Tenants.soon());

            assertThat(found.get(0))
                    .isEqualTo(new HistoryEntry(
                            "s-1",
                            "FINISHED",
                            "sp",
                            Optional.of("w1"),
                            Optional.of("Acme_Widget/1.2.3"),
                            Optional.of("SELECT"),
                            Instant.ofEpochMilli(1795255200000L),
                            Optional.of(Duration.ofMillis(1500)),
                            OptionalLong.of(7),
                            Map.of("lakeport_tag", "abc", "bare", "")));
            assertThat(found.get(1).status()).isEqualTo("UNKNOWN");
            assertThat(host.asked().get(0).path()).isEqualTo("/api/2.0/sql/history/queries");
            assertThat(host.asked().get(0).query())
                    .contains("filter_by.statement_ids=s-1")
                    .contains("filter_by.query_start_time_range.start_time_ms=" + SINCE.toEpochMilli());
        }
    }

    @Test
    void find_severalPages_areFollowedToTheEnd() throws IOException {
        try (FakeWorkspace host = new FakeWorkspace(asked -> {
                    int page = asked.query().contains("page_token=p2")
                            ? 3
                            : asked.query().contains("page_token=p1") ? 2 : 1;
                    String next = page < 3 ? ",\"next_page_token\":\"p" + page + "\"" : "";
                    return Says.json(
                            200,
                            "{\"res\":[{\"query_id\":\"s-" + page + "\"}],\"has_next_page\":" + (page < 3) + next
                                    + "}");
                });
                AuditSource source = open(host)) {
            assertThat(source.find(Set.of("a"), SINCE, Tenants.soon()))
                    .extracting(HistoryEntry::statementId)
                    .containsExactly("s-1", "s-2", "s-3");
        }
    }

    @Test
    void find_pageNamesItself_ends() throws IOException {
        Says loop = Says.json(200, "{\"res\":[],\"has_next_page\":true,\"next_page_token\":\"same\"}");
        try (FakeWorkspace host = new FakeWorkspace(asked -> loop);
                AuditSource source = open(host)) {
            assertThat(source.find(Set.of("a"), SINCE, Tenants.soon())).isEmpty();
            assertThat(host.asked()).hasSize(2);
        }
    }

    @Test
    void find_thousandIds_goInUrlsThatProxiesTake() throws IOException {
        Set<String> ids = IntStream.range(0, 1_000)
                .mapToObj(i -> String.format("01f0c405-26ad-1bde-%04d-000000000000", i))
                .collect(Collectors.toSet());
        try (FakeWorkspace host = new FakeWorkspace(asked -> Says.json(200, "{}"));
                AuditSource source = open(host)) {
            assertThat(source.find(ids, SINCE, Tenants.soon())).isEmpty();

            assertThat(host.asked()).hasSize(20).allMatch(asked -> asked.query().length() < 4_000);
            assertThatThrownBy(() -> source.find(
                            IntStream.range(0, 1_001).mapToObj(String::valueOf).collect(Collectors.toSet()),
                            SINCE,
                            Tenants.soon()))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("at most 1000");
        }
    }

    private static AuditSource open(FakeWorkspace host) {
        return new RestAuditSourceProvider()
                .open(
                        Tenants.tenant("acme", host.url(), "Acme_Widget/1.2.3", "w1"),
                        Tenants.tokens(Tenants.CANARY),
                        new Unused(),
                        Guard.NONE);
    }

    /** The REST source asks no warehouse. */
    private static final class Unused implements Warehouse {
        @Override
        public ResultStream execute(StatementRequest request) {
            throw new AssertionError("the REST source must not run a statement");
        }

        @Override
        public Set<WarehouseCapability> capabilities() {
            return Set.of();
        }

        @Override
        public void close() {}
    }
}
