package io.lakeport.core.doctor.walk;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.doctor.Patient;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.data.DataChecks;
import io.lakeport.core.doctor.identity.IdentityChecks;
import io.lakeport.core.doctor.monitoring.MonitoringChecks;
import io.lakeport.core.doctor.network.NetworkChecks;
import io.lakeport.core.doctor.storage.StorageChecks;
import io.lakeport.core.doctor.warehouse.WarehouseChecks;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Use case: walks from the network over identity and warehouse to the data of a tenant, and says of each step what was
 * tried, what came back, what it means and how to mend it. Thread-safe; changes nothing in the workspace, but starts a
 * stopped warehouse.
 */
public final class Doctor {
    private final Patient patient;

    /** Creates the doctor of one tenant; it closes none of the ports. */
    public Doctor(Patient patient) {
        this.patient = Objects.requireNonNull(patient, "patient");
    }

    /**
     * Runs every check of a request. Never throws what a step met.
     *
     * @throws io.lakeport.core.error.LakeportException CANCELLED when the thread is interrupted
     */
    public DoctorReport run(DoctorRequest request) {
        return new Walk(checks(request)).run(new Visit(patient, request), Deadline.after(request.timeout()));
    }

    private static List<Check> checks(DoctorRequest request) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(NetworkChecks.all());
        checks.addAll(IdentityChecks.all());
        checks.addAll(WarehouseChecks.all());
        checks.addAll(DataChecks.of(request));
        checks.addAll(StorageChecks.of(request));
        checks.addAll(MonitoringChecks.of(request));
        return checks;
    }
}
