package io.lakeport.localworkspace.rest.unity;

import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.http.ApiException;
import java.util.Map;

/** Gives the failures of statements the form that they have in the REST API. */
final class EngineRefusals {
    private static final Map<String, String> CODES = Map.of(
            "CATALOG_NOT_FOUND", "CATALOG_DOES_NOT_EXIST",
            "NO_SUCH_CATALOG_EXCEPTION", "CATALOG_DOES_NOT_EXIST",
            "SCHEMA_NOT_FOUND", "SCHEMA_DOES_NOT_EXIST",
            "TABLE_OR_VIEW_NOT_FOUND", "TABLE_DOES_NOT_EXIST",
            "TABLE_OR_VIEW_ALREADY_EXISTS", "TABLE_ALREADY_EXISTS",
            "NO_PARENT_EXTERNAL_LOCATION_FOR_PATH", "EXTERNAL_LOCATION_DOES_NOT_EXIST");

    private EngineRefusals() {}

    static ApiException of(EngineException e) {
        String code = CODES.getOrDefault(e.errorClass(), e.errorClass());
        String message = String.valueOf(e.getMessage())
                .replaceFirst("^\\[[A-Z0-9_.]+\\] ", "")
                .replaceFirst(" SQLSTATE: \\w{5}$", "")
                .replaceFirst("^Insufficient privileges: ", "");
        if (code.equals("INSUFFICIENT_PERMISSIONS")) {
            return new ApiException(403, "PERMISSION_DENIED", message);
        }
        if (code.endsWith("_DOES_NOT_EXIST")) {
            return new ApiException(404, code, message);
        }
        boolean named = code.endsWith("_ALREADY_EXISTS") || code.endsWith("_NOT_EMPTY") || code.equals("INVALID_STATE");
        return new ApiException(400, named ? code : "INVALID_PARAMETER_VALUE", message);
    }
}
