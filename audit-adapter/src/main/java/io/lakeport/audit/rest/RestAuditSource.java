package io.lakeport.audit.rest;

import com.databricks.sdk.service.sql.ListQueriesResponse;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.QueryFilter;
import com.databricks.sdk.service.sql.QueryHistoryAPI;
import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.TimeRange;
import io.lakeport.audit.IdBatches;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.audit.AuditSource;
import io.lakeport.core.audit.HistoryEntry;
import io.lakeport.core.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Entries of the query history API ({@code GET /api/2.0/sql/history/queries}). */
final class RestAuditSource implements AuditSource {
    /** Ids travel in the URL, of which many proxies take 8 KB. */
    private static final int IDS_PER_REQUEST = 50;

    private static final long PAGE = 100;

    private final SdkClient client;

    RestAuditSource(SdkClient client) {
        this.client = client;
    }

    @Override
    public String origin() {
        return "query-history-api";
    }

    @Override
    public List<HistoryEntry> find(Set<String> statementIds, Instant since, Deadline deadline) {
        List<HistoryEntry> found = new ArrayList<>();
        for (List<String> ids : IdBatches.of(statementIds, IDS_PER_REQUEST)) {
            pages(ids, since, deadline, found);
        }
        return found;
    }

    private void pages(List<String> ids, Instant since, Deadline deadline, List<HistoryEntry> found) {
        QueryFilter filter = new QueryFilter()
                .setStatementIds(ids)
                .setQueryStartTimeRange(new TimeRange().setStartTimeMs(since.toEpochMilli()));
        Optional<String> token = Optional.empty();
        do {
            ListQueryHistoryRequest request =
                    new ListQueryHistoryRequest().setFilterBy(filter).setMaxResults(PAGE);
            token.ifPresent(request::setPageToken);
            ListQueriesResponse page = client.call(
                    "rest.history",
                    "reading the query history",
                    deadline,
                    api -> new QueryHistoryAPI(api).list(request));
            Optional<Collection<QueryInfo>> entries = Optional.ofNullable(page.getRes());
            entries.ifPresent(list -> list.forEach(query -> found.add(HistoryEntries.of(query))));
            token = next(page, token);
        } while (token.isPresent());
    }

    /** A page that names itself as the next one would be read for ever. */
    private static Optional<String> next(ListQueriesResponse page, Optional<String> before) {
        return Optional.ofNullable(page.getNextPageToken())
                .filter(token -> Boolean.TRUE.equals(page.getHasNextPage()))
                .filter(token -> !token.isEmpty() && !before.equals(Optional.of(token)));
    }

    /** Does nothing: connections are shared and end by themselves. */
    @Override
    public void close() {}
}
