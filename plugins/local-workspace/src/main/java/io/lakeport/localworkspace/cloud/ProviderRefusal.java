package io.lakeport.localworkspace.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;

/** A refusal in OAuth's form. */
final class ProviderRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    ProviderRefusal(int status, String error, String description) {
        super(description);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    ObjectNode body() {
        return Json.object().put("error", error).put("error_description", getMessage());
    }
}
