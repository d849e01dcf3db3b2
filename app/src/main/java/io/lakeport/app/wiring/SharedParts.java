package io.lakeport.app.wiring;

import io.lakeport.app.cache.ResultCache;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.guard.CallCounts;
import io.lakeport.app.plugin.Providers;
import io.lakeport.core.audit.StatementLedger;
import io.lakeport.core.auth.TokenCache;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.RunningStatements;
import io.lakeport.core.warehouse.WarehouseStarts;
import java.time.Clock;
import java.util.function.Function;

/**
 * What all tenants of a process use together.
 *
 * @param config the configuration
 * @param providers what can be chosen
 * @param guard around every exchange
 * @param counts what the guard counted
 * @param memory ceiling of the process
 * @param cache remembers tokens, per tenant
 * @param ledger keeps an entry for every statement
 * @param running remembers statements beyond the end of the process
 * @param starts starts of warehouses that callers share
 * @param results keeps results for those who ask again
 * @param state state store, vault and users' credentials, opened when they are asked for
 * @param directory says who is a tenant now
 * @param budgets counts what tenants use of what they may
 * @param rows reads a result row by row
 * @param clock tells the time
 */
public record SharedParts(
        LakeportConfig config,
        Providers providers,
        Guard guard,
        CallCounts counts,
        MemoryBudget memory,
        TokenCache cache,
        StatementLedger ledger,
        RunningStatements running,
        WarehouseStarts starts,
        ResultCache results,
        StateParts state,
        TenantDirectory directory,
        Budgets budgets,
        Function<ResultStream, RowCursor> rows,
        Clock clock) {}
