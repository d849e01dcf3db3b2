package io.lakeport.core.doctor.data;

import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** Whether Unity Catalog is there at all. */
final class MetastoreCheck extends DataCheck {
    MetastoreCheck() {
        super("metastore", "rest");
    }

    @Override
    public String tried(Visit visit) {
        return "GET /api/2.1/unity-catalog/current-metastore-assignment";
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Optional<Metastore> found =
                visit.patient().controlPlane().get().catalog().metastore(deadline);
        if (found.isEmpty()) {
            boolean needed =
                    visit.request().table().isPresent() && !Target.of(visit).isHive();
            return needed
                    ? Outcome.failed(DataCause.NO_METASTORE, "no metastore is attached")
                    : Outcome.warned(DataCause.NO_METASTORE, "no metastore is attached");
        }
        Metastore metastore = found.get();
        visit.note(Attached.class, new Attached(metastore.id(), metastore.region(), metastore.defaultCatalog()));
        return Outcome.passed(metastore.name()
                + metastore.region().map(in -> " in " + in).orElse("")
                + metastore
                        .defaultCatalog()
                        .map(name -> ", default catalog " + name)
                        .orElse(""));
    }
}
