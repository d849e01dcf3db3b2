package io.lakeport.app.wiring;

import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.StatementId;
import io.lakeport.core.tenant.WarehouseId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call of a warehouse, until its result is closed. Thread-safe. */
final class LeasedUse {
    private final TenantParts parts;
    private final WarehouseId warehouse;
    private final String tag;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable ResultStream stream;

    LeasedUse(TenantParts parts, WarehouseId warehouse, String tag) {
        this.parts = parts;
        this.warehouse = warehouse;
        this.tag = tag;
    }

    TenantParts parts() {
        return parts;
    }

    WarehouseId warehouse() {
        return warehouse;
    }

    /** Returns the tag of the statement, empty text for a call that begins none. */
    String tag() {
        return tag;
    }

    void opened(ResultStream result) {
        stream = result;
    }

    Optional<StatementId> statement() {
        return Optional.ofNullable(stream).map(ResultStream::statementId);
    }

    /** Ends the statement on the server, as far as it came to a result; what only waits is ended with its warehouse. */
    void end() {
        ResultStream open = stream;
        if (open != null) {
            try {
                open.close();
            } finally {
                exit();
            }
        }
    }

    void exit() {
        if (over.compareAndSet(false, true)) {
            parts.exit(this);
        }
    }
}
