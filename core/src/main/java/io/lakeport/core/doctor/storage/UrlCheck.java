package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.time.Deadline;

/** Whether the target is a URL that Unity Catalog takes. */
final class UrlCheck extends StorageCheck {
    UrlCheck() {
        super("target-url");
    }

    @Override
    public String tried(Visit visit) {
        return "read " + target(visit) + " as the URL of an external location";
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        LocationUrl url;
        try {
            url = LocationUrl.parse(target(visit));
        } catch (LakeportException e) {
            return Outcome.failed(StorageCause.LOCATION_URL_MALFORMED, e);
        }
        visit.note(LocationUrl.class, url);
        return Outcome.passed("well-formed");
    }
}
