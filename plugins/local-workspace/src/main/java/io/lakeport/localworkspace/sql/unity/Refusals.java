package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.Map;
import java.util.function.Supplier;

/** Gives Unity Catalog's refusals the form that they have in SQL. */
final class Refusals {
    private static final Map<String, String> STATES = Map.of(
            "PRINCIPAL_DOES_NOT_EXIST", "42704",
            "INVALID_PARAMETER_VALUE", "22023",
            "INVALID_STATE", "55000");

    private Refusals() {}

    static void of(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }

    static <T> T get(Supplier<T> work) {
        try {
            return work.get();
        } catch (GovernanceException e) {
            String state = e.code().endsWith("_ALREADY_EXISTS") ? "42710" : STATES.getOrDefault(e.code(), "42704");
            throw SqlErrors.of(e.code(), state, String.valueOf(e.getMessage()));
        }
    }
}
