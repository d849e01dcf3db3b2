package io.lakeport.core.export.port;

import io.lakeport.core.export.journal.JournalCodec;
import io.lakeport.core.format.TableWriterProvider;
import io.lakeport.core.manifest.ManifestCodec;
import io.lakeport.core.manifest.ManifestSigner;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.Warehouse;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an export works with; all bound to one tenant.
 *
 * @param tenant whose data it is
 * @param warehouse runs the statements
 * @param rows reads a small result row by row
 * @param stores opens the store whose root is a URI; the export closes it
 * @param formats finds a writer by format name
 * @param manifests writes and reads manifests
 * @param journals writes and reads the records of unfinished runs
 * @param signer signs manifests, empty when none is wanted
 * @param tuning what the export may use of this machine
 * @param clock for the time of publication
 */
public record ExportPorts(
        Tenant tenant,
        Warehouse warehouse,
        Function<ResultStream, RowCursor> rows,
        Function<URI, ObjectStore> stores,
        Function<String, TableWriterProvider> formats,
        ManifestCodec manifests,
        JournalCodec journals,
        Optional<ManifestSigner> signer,
        ExportTuning tuning,
        Clock clock) {
    public ExportPorts {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(formats, "formats");
        Objects.requireNonNull(manifests, "manifests");
        Objects.requireNonNull(journals, "journals");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(tuning, "tuning");
        Objects.requireNonNull(clock, "clock");
    }

    /** Returns these ports with another tuning. */
    public ExportPorts tuned(ExportTuning other) {
        return new ExportPorts(tenant, warehouse, rows, stores, formats, manifests, journals, signer, other, clock);
    }
}
