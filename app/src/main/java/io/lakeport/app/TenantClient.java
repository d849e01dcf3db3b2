package io.lakeport.app;

import io.lakeport.app.cache.CacheUse;
import io.lakeport.app.guard.CallCounts;
import io.lakeport.app.wiring.Connectors;
import io.lakeport.app.wiring.TenantPorts;
import io.lakeport.core.audit.LedgerEntry;
import io.lakeport.core.audit.LedgerReconciliation;
import io.lakeport.core.audit.ReconciliationReport;
import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.auth.user.UserId;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.export.ExportService;
import io.lakeport.core.export.advice.WatermarkAdvice;
import io.lakeport.core.export.advice.WatermarkAdvisor;
import io.lakeport.core.export.port.ExportProgress;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.run.Garbage;
import io.lakeport.core.export.schedule.ExportSchedules;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FileCheck;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Everything that can be done for one tenant. Every statement passes the tenant's scope and is recorded in the ledger.
 * Thread-safe.
 */
public final class TenantClient {
    private static final Duration EXPORT_TIMEOUT = Duration.ofDays(1);

    private final TenantPorts ports;
    private final AsyncCalls async;
    private final Function<UserId, TenantClient> users;

    TenantClient(TenantPorts ports, AsyncCalls async, Function<UserId, TenantClient> users) {
        this.users = users;
        this.ports = ports;
        this.async = async;
    }

    /** Returns whose client it is. */
    public Tenant tenant() {
        return ports.tenant();
    }

    /**
     * Returns what can be done for this tenant as one of its users, by that user's own credential and rights.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when all users share the tenant's credential
     */
    public TenantClient asUser(String user) {
        return users.apply(UserId.of(user));
    }

    /**
     * Tries the credential at the workspace, which starts nothing and changes nothing.
     *
     * @param timeout for token and call; positive
     * @throws io.lakeport.core.error.LakeportException with a {@link io.lakeport.core.auth.SignInError} that says why
     *     it is refused; USER_NOT_NAMED on a connection with per-user credentials, of which nothing is wrong then
     */
    public SignedIn checkSignIn(Duration timeout) {
        return ports.checkSignIn(Deadline.after(timeout));
    }

    /**
     * Begins a statement.
     *
     * @param sql one statement, which may name parameters as {@code :name}
     * @throws IllegalArgumentException when it is blank
     */
    public Query query(String sql) {
        return new Query(ports, async, sql);
    }

    /**
     * Signs in ahead of the first statement, so that a wrong credential shows at start and the first user does not
     * wait for it.
     *
     * @param timeout for the token request; positive
     * @return when the token ends, empty where the method does not tell
     */
    public Optional<Instant> signIn(Duration timeout) {
        return ports.tokens().token(Deadline.after(timeout)).expiresAt();
    }

    /**
     * Checks the connection from DNS to a statement; see {@link #doctor(DoctorRequest)}.
     *
     * @param timeout for all checks together; positive
     */
    public DoctorReport doctor(Duration timeout) {
        return doctor(DoctorRequest.builder().timeout(timeout).build());
    }

    /**
     * Checks the connection and what the request names beyond it, and returns a finding for each check: what was tried,
     * what came back, what it means, how to mend it and who can. Starts a stopped warehouse, changes nothing else.
     */
    public DoctorReport doctor(DoctorRequest request) {
        return ports.doctor().run(request);
    }

    /** Returns the tenant's warehouses: to look at them, start and wait, scale, keep a schedule. */
    public WarehouseClient warehouses() {
        return new WarehouseClient(ports);
    }

    /**
     * Returns what this tenant's identity can find out and do about rights: its own, or as an administrator those of
     * somebody else.
     */
    public GrantClient grants() {
        return new GrantClient(ports, Optional.empty());
    }

    /** Returns what this tenant's identity can set up as an administrator: storage, OAuth applications. */
    public SetupClient setup() {
        return new SetupClient(ports);
    }

    /**
     * Exports a table and returns its manifest, once it is published; see {@link ExportService#run}.
     *
     * @param timeout for the whole export; positive
     * @param progress called on this thread as the export goes on; cheap, and must not throw
     * @return empty when an incremental export found nothing new
     */
    public Optional<ExportManifest> export(ExportRequest request, Duration timeout, Consumer<ExportProgress> progress) {
        return ports.exports().run(request, Deadline.after(timeout), progress);
    }

    /**
     * Goes on with the export that was begun at a target and not published; see {@link ExportService#resume}.
     *
     * @param timeout for what is left of it; positive
     * @param progress called on this thread as the export goes on; cheap, and must not throw
     */
    public ExportManifest resume(URI target, Duration timeout, Consumer<ExportProgress> progress) {
        return ports.exports().resume(target, Deadline.after(timeout), progress);
    }

    /** Returns everything about exports of this tenant; see {@link ExportService}. */
    public ExportService exports() {
        return ports.exports();
    }

    /**
     * Returns everything about exports that the workspace runs by schedule.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST (PROVIDER_MISSING) when no provider deploys jobs
     */
    public ExportSchedules schedules() {
        return ports.exports().schedules(ports.jobs());
    }

    /** Reads every exported file of a target again within a day; see {@link #verify(URI, Duration)}. */
    public FileCheck verify(URI target) {
        return verify(target, EXPORT_TIMEOUT);
    }

    /**
     * Reads every exported file of a target again and compares it with its manifest; see {@link ExportService#verify}.
     *
     * @param timeout for all files together; positive
     */
    public FileCheck verify(URI target, Duration timeout) {
        return ports.exports().verify(target, Deadline.after(timeout));
    }

    /**
     * Removes what dead runs left at a target and no manifest names; see {@link ExportService#collectGarbage}.
     *
     * @param graceForUnknown how long ago a run of another machine must have begun to be taken for dead; not negative
     */
    public Garbage.Removed collectGarbage(URI target, Duration graceForUnknown) {
        return collectGarbage(target, graceForUnknown, EXPORT_TIMEOUT);
    }

    /**
     * Does the same within a time; what was removed until then is gone, and the next call goes on.
     *
     * @param timeout for the whole; positive
     */
    public Garbage.Removed collectGarbage(URI target, Duration graceForUnknown, Duration timeout) {
        return ports.exports().collectGarbage(target, graceForUnknown, Deadline.after(timeout));
    }

    /**
     * Says what an incremental export along a column would lose or double, and how to mend it; see {@link
     * WatermarkAdvisor#advise}.
     *
     * @param column empty to look at the column that fits best
     * @param timeout for all statements together; positive
     */
    public WatermarkAdvice advise(TableName table, Optional<String> column, Duration timeout) {
        return new WatermarkAdvisor(ports.warehouse(), ports.shared().rows())
                .advise(table, column, Deadline.after(timeout));
    }

    /** Exports a table within a day, without telling of its progress. */
    public Optional<ExportManifest> export(ExportRequest request) {
        return export(request, EXPORT_TIMEOUT, progress -> {});
    }

    /**
     * Runs a connector of a plugin once. It sees this tenant's statements only, and no credential.
     *
     * @param kind as {@link Lakeport#connectors()} names it
     * @param arguments what the connector needs, by name
     * @return what it did, in one line for a person
     */
    public String run(String kind, Map<String, String> arguments) {
        return new Connectors(ports.shared().providers()).run(kind, arguments, ports);
    }

    /**
     * Sets the newest ledger entries beside what the workspace recorded.
     *
     * @param source {@code rest}, {@code system-tables} or a plugin's own
     * @param limit how many entries; positive
     * @param lag how long after its end a statement may be unknown to the workspace
     */
    public ReconciliationReport reconcile(String source, int limit, Duration lag, Duration timeout) {
        return new LedgerReconciliation(ports.audit(source), lag, ports.shared().clock())
                .compare(ledger(limit), Deadline.after(timeout));
    }

    /** Returns the newest entries of this tenant in the statement ledger, newest first; {@code limit} is positive. */
    public List<LedgerEntry> ledger(int limit) {
        return ports.shared().ledger().newest(ports.tenant().id(), limit);
    }

    /**
     * Returns how many bytes came over the network for this tenant since the start, compressed as they travelled and
     * including what had to be fetched again.
     */
    public long bytesReceived() {
        return callCounts().values().stream().mapToLong(CallCounts.Count::bytes).sum();
    }

    /** Returns what the cache of {@link Query#cached} did for this tenant. */
    public CacheUse cacheUse() {
        return ports.shared().results().use(ports.tenant().id());
    }

    /** Returns how often each kind of exchange was tried for this tenant, by name. */
    public Map<String, CallCounts.Count> callCounts() {
        return ports.shared().counts().of(ports.tenant().id().value());
    }
}
