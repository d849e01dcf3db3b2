package io.lakeport.app.export;

import io.lakeport.core.simulator.SimulatorConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plans faults of a local workspace by its own API. */
final class WorkspaceFaults {
    private static final Pattern ENTRY = Pattern.compile(
            "\\{[^{}]*\"path\":\"(?<path>[^\"]*)\"[^{}]*\"is_directory\":(?<directory>true|false)[^{}]*\\}");

    /** A fault as the workspace writes it, with what it has done. */
    private static final Pattern FAULT =
            Pattern.compile("\\{\"id\":\"(?<id>[^\"]*)\",\"match\":.*?\"fired\":(?<fired>\\d+)\\}");

    private static final int TIMEOUT_MILLIS = 30_000;

    private final SimulatorConnection workspace;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> happened = new TreeMap<>();

    WorkspaceFaults(SimulatorConnection workspace) {
        this.workspace = workspace;
    }

    /** Plans a fault, given as the document that {@code docs/faults.md} describes. */
    void plan(String json) {
        send("POST", "/local/faults", json);
    }

    /** Plans a fault that is counted under a name. */
    void plan(String name, String json) {
        Matcher planned = FAULT.matcher(send("POST", "/local/faults", json));
        if (!planned.find()) {
            throw new IllegalStateException("the workspace names no fault for " + json);
        }
        names.put(planned.group("id"), name);
    }

    /** Takes all faults back. */
    void clear() {
        if (!names.isEmpty()) {
            count();
        }
        send("DELETE", "/local/faults", "");
    }

    private void count() {
        Matcher faults = FAULT.matcher(send("GET", "/local/faults", ""));
        while (faults.find()) {
            String name = names.remove(faults.group("id"));
            int fired = Integer.parseInt(faults.group("fired"));
            if (name != null && fired > 0) {
                happened.merge(name, fired, Integer::sum);
            }
        }
    }

    /** Returns how often faults with names fired that were taken back. */
    Map<String, Integer> happened() {
        return Map.copyOf(happened);
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

    /**
     * Sends a request in the name of the workspace's owner.
     *
     * @throws IllegalStateException when the workspace refuses it
     */
    String send(String method, String path, String body) {
        try {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create(workspace.httpUrl() + path).toURL().openConnection();
            request.setRequestMethod(method);
            request.setRequestProperty(
                    "Authorization", "Bearer " + workspace.token().reveal());
            request.setRequestProperty("Content-Type", "application/json");
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            if (!body.isEmpty()) {
                request.setDoOutput(true);
                request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            if (request.getResponseCode() >= HttpURLConnection.HTTP_MULT_CHOICE) {
                throw new IllegalStateException(
                        method + " " + path + ": " + request.getResponseCode() + " for " + body);
            }
            return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }
}
