package io.lakeport.storage.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionBuilder;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TablePublisher;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits a run to the table's log. The commit carries the run as a transaction of Delta (application
 * {@code lakeport:<run>}, version = sequence), by which a second call finds that nothing is left to do. The run is part
 * of the application's name, because a target whose records were deleted counts from 1 again.
 */
final class DeltaPublisher implements TablePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaPublisher.class);
    private static final String ENGINE = "Lakeport";
    /** How often an append that others were faster than is tried on their version. */
    private static final int APPEND_RETRIES = 20;

    private final ObjectStore store;
    private final Engine engine;

    DeltaPublisher(ObjectStore store) {
        this.store = store;
        this.engine = new DeltaEngine(store);
    }

    @Override
    public void checkMode(ExportMode mode) {
        if (mode == ExportMode.MERGE) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "format delta does not merge; export with mode append or overwrite-partitions, or merge on Databricks");
        }
    }

    @Override
    public void check(ExportManifest manifest) {
        checkMode(manifest.mode());
        DeltaSchema.of(manifest.columns());
        try {
            Optional<Snapshot> snapshot = latest(Table.forPath(engine, LogFiles.TABLE));
            if (snapshot.isPresent() && !isPublished(snapshot.get(), manifest)) {
                merged(snapshot.get(), manifest);
            }
        } catch (RuntimeException e) {
            throw DeltaFailures.translate(e, store.root(), manifest);
        }
    }

    @Override
    public void publish(ExportManifest manifest) {
        checkMode(manifest.mode());
        DeltaSchema.of(manifest.columns());
        Table table = Table.forPath(engine, LogFiles.TABLE);
        try {
            Optional<Snapshot> snapshot = latest(table);
            if (snapshot.isEmpty()) {
                create(table, manifest);
            } else if (!isPublished(snapshot.get(), manifest)) {
                change(table, snapshot.get(), manifest);
            }
        } catch (IOException | RuntimeException e) {
            throw DeltaFailures.translate(e, store.root(), manifest);
        }
    }

    private Optional<Snapshot> latest(Table table) {
        try {
            return Optional.of(table.getLatestSnapshot(engine));
        } catch (TableNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String application(ExportManifest manifest) {
        return "lakeport:" + manifest.runId();
    }

    private boolean isPublished(Snapshot snapshot, ExportManifest manifest) {
        return snapshot.getLatestTransactionVersion(engine, application(manifest))
                .filter(version -> version >= manifest.sequence())
                .isPresent();
    }

    private void create(Table table, ExportManifest manifest) {
        StructType schema = DeltaSchema.of(manifest.columns());
        TransactionBuilder builder = table.createTransactionBuilder(engine, ENGINE, Operation.CREATE_TABLE)
                .withSchema(engine, schema)
                .withPartitionColumns(engine, manifest.partitionBy());
        commit(builder, manifest, DeltaActions.adds(manifest, schema), 0);
    }

    /** Returns the schema that the table will have. */
    private StructType merged(Snapshot snapshot, ExportManifest manifest) {
        if (manifest.mode() == ExportMode.CREATE) {
            throw new LakeportException(
                    CoreError.TARGET_NOT_EMPTY,
                    "'" + store.root() + "' holds a Delta table of version " + snapshot.getVersion()
                            + " already; use mode append or overwrite, or another folder");
        }
        return TableFit.of(snapshot, manifest);
    }

    private void change(Table table, Snapshot snapshot, ExportManifest manifest) throws IOException {
        StructType schema = merged(snapshot, manifest);
        List<Row> actions = new ArrayList<>(DeltaActions.removes(manifest, snapshot, engine));
        actions.addAll(DeltaActions.adds(manifest, schema));
        if (!schema.equals(snapshot.getSchema())) {
            actions.add(SingleAction.createMetadataSingleAction(
                    snapshot.getMetadata().withNewSchema(schema).toRow()));
        }
        TransactionBuilder builder = table.createTransactionBuilder(engine, ENGINE, Operation.WRITE);
        commit(builder, manifest, actions, manifest.mode() == ExportMode.APPEND ? APPEND_RETRIES : 0);
    }

    private void commit(TransactionBuilder builder, ExportManifest manifest, List<Row> actions, int retries) {
        Transaction transaction = builder.withTransactionId(engine, application(manifest), manifest.sequence())
                .withMaxRetries(retries)
                .build(engine);
        TransactionCommitResult result = transaction.commit(
                engine, CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
        LOG.info("run {} is version {} of the Delta table at {}", manifest.runId(), result.getVersion(), store.root());
        checkpoint(result);
    }

    /** A checkpoint only spares readers work; the commit stands without it. */
    private void checkpoint(TransactionCommitResult result) {
        for (PostCommitHook hook : result.getPostCommitHooks()) {
            if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKPOINT) {
                try {
                    hook.threadSafeInvoke(engine);
                } catch (IOException | RuntimeException e) {
                    LOG.warn("version {} of {} got no checkpoint", result.getVersion(), store.root(), e);
                }
            }
        }
    }
}
