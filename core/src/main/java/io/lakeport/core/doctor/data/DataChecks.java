package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Check;
import io.lakeport.core.doctor.DoctorRequest;
import io.lakeport.core.grant.SecurableType;
import java.util.ArrayList;
import java.util.List;

/** The checks from the metastore to a column, in their order. */
public final class DataChecks {
    private DataChecks() {}

    /** Returns those that a request asks for. */
    public static List<Check> of(DoctorRequest request) {
        List<Check> checks = new ArrayList<>(List.of(new MetastoreCheck(), new DefaultsCheck()));
        if (request.table().isPresent()) {
            checks.add(new ScopeCheck());
            checks.add(new LevelCheck(SecurableType.CATALOG, "catalog", "scope"));
            checks.add(new LevelCheck(SecurableType.SCHEMA, "schema", "catalog"));
            checks.add(new LevelCheck(SecurableType.TABLE, "table", "schema"));
            checks.add(new ReadCheck());
        }
        if (!request.columns().isEmpty()) {
            checks.add(new ColumnCheck());
        }
        if (request.write()) {
            checks.add(new WriteCheck());
        }
        return checks;
    }
}
