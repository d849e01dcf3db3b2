package io.lakeport.core.doctor.monitoring;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.DoctorRequest;
import java.util.List;

/** The checks of system tables, in their order. */
public final class MonitoringChecks {
    private MonitoringChecks() {}

    /** Returns those that a request asks for. */
    public static List<Check> of(DoctorRequest request) {
        return request.monitoring()
                ? List.of(
                        new SystemSchemaCheck("billing", "usage"),
                        new SystemSchemaCheck("compute", "clusters"),
                        new SystemSchemaCheck("lakeflow", "jobs"),
                        new SystemSchemaCheck("query", "history"),
                        new SystemSchemaCheck("access", "audit"),
                        new RunsCheck())
                : List.of();
    }
}
