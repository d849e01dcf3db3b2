package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.DoctorRequest;
import java.util.List;

/** The checks of an export's target, in their order. */
public final class StorageChecks {
    private StorageChecks() {}

    /** Returns those that a request asks for. */
    public static List<Check> of(DoctorRequest request) {
        return request.exportTarget().isEmpty()
                ? List.of()
                : List.of(new UrlCheck(), new TargetScopeCheck(), new LocationSought(), new CredentialTried());
    }
}
