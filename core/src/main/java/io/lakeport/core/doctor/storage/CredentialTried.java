package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Outcome;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.location.ExternalLocation;
import io.lakeport.core.location.LocationCheck;
import io.lakeport.core.location.LocationUrl;
import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether the location's credential reaches the place; the workspace asks the cloud. */
final class CredentialTried extends StorageCheck {
    CredentialTried() {
        super("credential", "location");
    }

    @Override
    public String tried(Visit visit) {
        return "POST /api/2.1/unity-catalog/validate-storage-credentials for " + target(visit);
    }

    @Override
    public Outcome examine(Visit visit, Deadline deadline) {
        ExternalLocation location = visit.noted(ExternalLocation.class).orElseThrow();
        LocationUrl url = visit.noted(LocationUrl.class).orElseThrow();
        List<LocationCheck> checks;
        try {
            checks = visit.patient()
                    .controlPlane()
                    .get()
                    .locations()
                    .validate(location.credential(), url, location.readOnly(), deadline);
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.PERMISSION_DENIED || e.category() == ErrorCategory.NOT_FOUND) {
                return Outcome.skipped("this identity may not validate the credential, which its owner can do");
            }
            if (e.category() == ErrorCategory.INVALID_REQUEST) {
                return Outcome.failed(cause(e.getMessage()), e);
            }
            throw e;
        }
        List<LocationCheck> failed =
                checks.stream().filter(LocationCheck::failed).toList();
        if (failed.isEmpty()) {
            return Outcome.passed(checks.size() + " operations pass");
        }
        String said = failed.stream()
                .map(one -> one.operation() + ": " + one.message().orElse("failed"))
                .collect(Collectors.joining("; "));
        return Outcome.failed(cause(said), said);
    }

    private static StorageCause cause(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return text.contains("region") || text.contains("permanentredirect")
                ? StorageCause.STORAGE_IN_ANOTHER_REGION
                : StorageCause.CREDENTIAL_CANNOT_REACH;
    }
}
