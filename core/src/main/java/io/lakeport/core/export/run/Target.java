package io.lakeport.core.export.run;

import io.lakeport.core.export.journal.RunJournal;
import io.lakeport.core.export.port.ExportPorts;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.format.TablePublisher;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.store.BoundedStore;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target that is open: its store, its manifests and the journals of its unfinished runs. */
public final class Target implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Target.class);

    private final ExportPorts ports;
    private final ObjectStore store;
    private final ManifestLog log;

    private Target(ExportPorts ports, ObjectStore store) {
        this.ports = ports;
        this.store = store;
        this.log = new ManifestLog(store, ports.manifests());
    }

    /**
     * Opens a target.
     *
     * @throws io.lakeport.core.error.LakeportException PERMISSION_DENIED when it lies outside the tenant's scope
     */
    public static Target open(ExportPorts ports, URI uri) {
        URI folder = URI.create(uri.toString().endsWith("/") ? uri.toString() : uri + "/");
        ports.tenant().scope().requireObjectAccess(ports.tenant().id(), folder);
        return new Target(ports, ports.stores().apply(folder));
    }

    /**
     * Opens a target for work that ends with a deadline.
     *
     * @param what the work, for the message when it did not end in time
     * @throws io.lakeport.core.error.LakeportException as {@link #open(ExportPorts, URI)}; every call of the store
     *     DEADLINE_EXCEEDED once it has passed
     */
    public static Target open(ExportPorts ports, URI uri, Deadline deadline, String what) {
        Target target = open(ports, uri);
        return new Target(ports, new BoundedStore(target.store, deadline, what + " '" + uri + "'"));
    }

    /** A target that cannot be written should show before a statement runs for it, and costs money. */
    void probe() {
        try (ObjectSink sink = store.create(ObjectKey.of("_lakeport/probe"), CreateMode.REPLACE)) {
            LOG.debug("the target {} takes objects, {} bytes begun", store.root(), sink.position());
        }
    }

    /** Returns its store. */
    public ObjectStore store() {
        return store;
    }

    /** Returns its manifests. */
    public ManifestLog log() {
        return log;
    }

    /** Returns the journal of a run. */
    public RunJournal journal(String runId) {
        return new RunJournal(store, ports.journals(), runId);
    }

    /** Returns the journals of all runs that left records. */
    public List<RunJournal> journals() {
        return RunJournal.runs(store).stream().map(this::journal).toList();
    }

    /**
     * Finishes what a process left undone that ended between a manifest and its announcement.
     *
     * @param history all manifests, oldest first
     */
    public void completeAnnouncement(List<ExportManifest> history) {
        if (history.isEmpty()) {
            return;
        }
        if (!log.isMarked()) {
            log.mark();
        }
        announce(history.get(history.size() - 1));
    }

    /** Refuses what readers of the format could not be told of, before rows are read. */
    void checkMode(ExportRequest request) {
        publisher(request.format()).ifPresent(publisher -> publisher.checkMode(request.mode()));
    }

    /** Refuses a run that readers of the format could not be told of, before it is published. */
    void check(ExportManifest manifest) {
        publisher(manifest.format()).ifPresent(publisher -> publisher.check(manifest));
    }

    private Optional<TablePublisher> publisher(String format) {
        return ports.formats().apply(format).publisher(store);
    }

    /** Tells readers of the format of a published run. */
    void announce(ExportManifest manifest) {
        publisher(manifest.format()).ifPresent(publisher -> publisher.publish(manifest));
    }

    @Override
    public void close() {
        store.close();
    }
}
