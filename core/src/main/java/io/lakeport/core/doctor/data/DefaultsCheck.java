package io.lakeport.core.doctor.data;

import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.catalog.Presence;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.time.Deadline;
import java.util.Optional;

/** Whether the tenant's default catalog and schema are there. */
final class DefaultsCheck extends DataCheck {
    DefaultsCheck() {
        super("defaults", "metastore");
    }

    @Override
    public String tried(Visit visit) {
        return "look for the tenant's default catalog and schema";
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        Optional<String> catalog =
                visit.tenant().catalog().or(() -> visit.noted(Attached.class).flatMap(Attached::defaultCatalog));
        if (catalog.isEmpty()
                || (visit.tenant().catalog().isEmpty()
                        && visit.tenant().schema().isEmpty())) {
            return Outcome.passed("the tenant has none, the workspace's own hold");
        }
        CatalogControl unity = visit.patient().controlPlane().get().catalog();
        Securable outer = Securable.catalog(catalog.get());
        if (outer.isHive()) {
            return Outcome.passed("they are in hive_metastore, which the API does not show");
        }
        Presence there = unity.look(outer, deadline);
        Optional<Securable> inner = visit.tenant().schema().map(schema -> Securable.schema(catalog.get(), schema));
        if (there.state() == Presence.State.PRESENT && inner.isPresent()) {
            there = unity.look(inner.get(), deadline);
        }
        return there.state() == Presence.State.NOT_FOUND
                ? Outcome.failed(
                        DataCause.DEFAULT_NAMESPACE_MISSING, there.said().orElse("not found"))
                : Outcome.passed(inner.orElse(outer) + " is there");
    }
}
