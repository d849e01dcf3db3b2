package io.lakeport.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.core.doctor.Fix;
import io.lakeport.localworkspace.server.LocalWorkspace;

/** The administrator, who runs what the doctor printed, to the letter. */
final class Admin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalWorkspace workspace;
    private final RawHttp http;

    Admin(LocalWorkspace workspace) {
        this.workspace = workspace;
        this.http = new RawHttp(workspace.connection().port());
    }

    void apply(Fix fix) {
        switch (fix.kind()) {
            case SQL -> sql(fix.text());
            case REST -> {
                String[] words = fix.text().split(" ", 2);
                call(words[0], words[1], fix.body().orElse(""));
            }
            case MANUAL -> throw new AssertionError("a person does that: " + fix);
        }
    }

    String call(String method, String path, String body) {
        RawHttp.Answer answer =
                http.send(method, path, workspace.connection().token().reveal(), body);
        assertThat(answer.status())
                .as(method + " " + path + "\n" + answer.text())
                .isBetween(200, 299);
        return answer.text();
    }

    void sql(String statement) {
        try {
            String body = JSON.writeValueAsString(java.util.Map.of(
                    "warehouse_id",
                    workspace.connection().warehouseId(),
                    "wait_timeout",
                    "30s",
                    "statement",
                    statement));
            assertThat(call("POST", "/api/2.0/sql/statements", body))
                    .as(statement)
                    .contains("SUCCEEDED");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
