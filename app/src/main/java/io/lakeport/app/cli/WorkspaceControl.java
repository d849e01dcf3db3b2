package io.lakeport.app.cli;

import io.lakeport.app.config.JsonText;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Asks a running workspace by its control paths. */
final class WorkspaceControl {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final SimulatorConnection connection;

    WorkspaceControl(SimulatorConnection connection) {
        this.connection = connection;
    }

    /**
     * An answer.
     *
     * @param next the number after which what follows can be asked for, empty when the path has none
     */
    record Answer(String text, String next) {}

    Answer get(String path) {
        return call("GET", path, Optional.empty());
    }

    Answer post(String path, Map<String, Object> body) {
        return call("POST", path, Optional.of(JsonText.line(body)));
    }

    private Answer call(String method, String path, Optional<String> body) {
        try {
            HttpURLConnection http = (HttpURLConnection)
                    connection.httpUrl().resolve(path).toURL().openConnection();
            http.setRequestMethod(method);
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            http.setRequestProperty(
                    "Authorization", "Bearer " + connection.token().reveal());
            if (body.isPresent()) {
                http.setDoOutput(true);
                http.getOutputStream().write(body.get().getBytes(StandardCharsets.UTF_8));
            }
            int status = http.getResponseCode();
            try (InputStream in = status < 400 ? http.getInputStream() : http.getErrorStream()) {
                String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (status >= 400) {
                    throw new LakeportException(
                            status == 404 ? CoreError.OBJECT_NOT_FOUND : CoreError.INVALID_ARGUMENT,
                            JsonText.field(text, "message").orElse("the workspace answered " + status));
                }
                String next = http.getHeaderField("x-lakeport-next");
                return new Answer(text, next == null ? "" : next);
            }
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.HOST_UNREACHABLE,
                    "The workspace at " + connection.httpUrl() + " does not answer (" + e.getMessage()
                            + "); see 'lakeport workspace status'.",
                    e);
        }
    }
}
