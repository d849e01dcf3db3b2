package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Holdings;
import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Rights;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.LocationControl;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.time.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether an external location covers the target, may be written to, and lets this identity do so. */
final class LocationSought extends StorageCheck {
    LocationSought() {
        super("location", "target-url", "metastore");
    }

    @Override
    public String tried(Visit visit) {
        return "look for an external location over " + target(visit);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        LocationControl locations = visit.patient().controlPlane().get().locations();
        LocationUrl url = visit.noted(LocationUrl.class).orElseThrow();
        Optional<ExternalLocation> over = locations.locations(deadline).stream()
                .filter(one -> covers(one.url(), url))
                .max(Comparator.comparingInt(one -> one.url().value().length()));
        if (over.isEmpty()) {
            return Outcome.failed(StorageCause.LOCATION_NOT_FOUND, "none over " + url);
        }
        ExternalLocation location = over.get();
        visit.note(ExternalLocation.class, location);
        if (location.readOnly()) {
            return Outcome.failed(StorageCause.LOCATION_READ_ONLY, "'" + location.name() + "' is read only")
                    .with(List.of(Fix.rest(
                            "PATCH",
                            "/api/2.1/unity-catalog/external-locations/" + encoded(location.name()),
                            "{\"read_only\":false}",
                            "the owner of the external location")));
        }
        return written(visit, location, deadline);
    }

    private static boolean covers(LocationUrl location, LocationUrl target) {
        return (target.value() + "/").startsWith(location.value() + "/");
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static Outcome written(Visit visit, ExternalLocation location, Deadline deadline) {
        Securable securable = Securable.location(location.name());
        List<Fix> grant = Rights.grant(visit, Privilege.WRITE_FILES, securable);
        String said = "'" + location.name() + "' at " + location.url();
        return switch (Holdings.of(visit, Privilege.WRITE_FILES, securable, location.owner(), deadline)) {
            case YES -> Outcome.passed(said + ", WRITE FILES is held");
            case NO -> Outcome.failed(StorageCause.LOCATION_WRITE_MISSING, said).with(grant);
            case MAYBE_BY_GROUP ->
                Outcome.warned(StorageCause.LOCATION_WRITE_NOT_KNOWN, said).with(grant);
        };
    }
}
