package io.lakeport.app.export;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plans faults of a local workspace by its own API. */
final class WorkspaceFaults {
    private static final Pattern ENTRY = Pattern.compile(
            "\\{[^{}]*\"path\":\"(?<path>[^\"]*)\"[^{}]*\"is_directory\":(?<directory>true|false)[^{}]*\\}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimulatorConnection workspace;

    WorkspaceFaults(SimulatorConnection workspace) {
        this.workspace = workspace;
    }

    /** Plans a fault, given as the document that {@code docs/faults.md} describes. */
    void plan(String json) {
        send("POST", "/local/faults", json);
    }

    /** Takes all faults back. */
    void clear() {
        send("DELETE", "/local/faults", "");
    }

    /** Returns how many statements have not ended. */
    String unfinishedStatements() {
        return send(
                "GET",
                "/api/2.0/sql/history/queries?max_results=10&filter_by.statuses=RUNNING&filter_by.statuses=QUEUED",
                "");
    }

    /** Returns the paths of all files below a directory of a volume, relative to it. */
    Set<String> files(String directory) {
        Set<String> files = new TreeSet<>();
        collect(directory, directory, files);
        return files;
    }

    private void collect(String root, String directory, Set<String> files) {
        Matcher entries = ENTRY.matcher(send("GET", "/api/2.0/fs/directories" + directory, ""));
        while (entries.find()) {
            String path = entries.group("path");
            if (entries.group("directory").equals("true")) {
                collect(root, path.endsWith("/") ? path : path + "/", files);
            } else {
                files.add(path.substring(root.length()));
            }
        }
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(workspace.httpUrl() + path))
                .header("Authorization", "Bearer " + workspace.token().reveal())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body() + " for " + body);
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
