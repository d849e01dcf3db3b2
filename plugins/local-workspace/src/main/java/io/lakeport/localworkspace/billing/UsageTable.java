package io.lakeport.localworkspace.billing;

import io.lakeport.localworkspace.system.Row;
import io.lakeport.localworkspace.system.SystemTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** {@code system.billing.usage} of what runs here; shown at once, where the service takes hours. */
public final class UsageTable implements SystemTable {
    private final List<UsageSource> sources;
    private final Clock clock;

    /** Creates the table of some sources. */
    public UsageTable(List<UsageSource> sources, Clock clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "system.billing.usage";
    }

    @Override
    public List<Row> recent() {
        Instant now = clock.instant();
        return sources.stream()
                .flatMap(source -> source.usage(now).stream())
                .map(UsageRecord::row)
                .toList();
    }
}
