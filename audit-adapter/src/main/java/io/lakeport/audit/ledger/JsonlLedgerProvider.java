package io.lakeport.audit.ledger;

import io.lakeport.core.audit.LedgerProvider;
import io.lakeport.core.audit.StatementLedger;
import java.nio.file.Path;

/** Ledger {@code jsonl}: one file of JSON lines for each tenant, appended to and never changed. */
public final class JsonlLedgerProvider implements LedgerProvider {
    private static final long ROTATE_AT = 64L * 1024 * 1024;

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public JsonlLedgerProvider() {}

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public StatementLedger open(Path directory) {
        return JsonlLedger.open(directory, ROTATE_AT);
    }
}
