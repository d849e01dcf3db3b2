package io.lakeport.app.cli;

import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.FeedRange;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A published run, for a person and for a script. */
final class ManifestText {
    private ManifestText() {}

    static String line(URI target, ExportManifest run) {
        return String.format(
                Locale.ROOT,
                "%s: run %d, %,d rows in %d file(s), %,d bytes%s",
                target,
                run.sequence(),
                run.rows(),
                run.files().size(),
                run.bytes(),
                part(run).map(text -> ", " + text).orElse(""));
    }

    /** Returns which part of the source it holds, empty for all of it. */
    static Optional<String> part(ExportManifest run) {
        return run.window().map(Object::toString).or(() -> run.origin().feed().map(FeedRange::toString));
    }

    /** Returns what a run did, as members of a JSON object. */
    static Map<String, Object> outcome(ExportRequest request, Optional<ExportManifest> manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", request.target());
        json.put("source", request.source().quoted());
        json.put("published", manifest.isPresent());
        manifest.ifPresent(run -> {
            json.putAll(members(run));
            json.put(
                    "files",
                    run.files().stream()
                            .map(file -> file.object().key().value())
                            .toList());
        });
        return json;
    }

    /** Returns a manifest without its files. */
    static Map<String, Object> members(ExportManifest run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequence", run.sequence());
        json.put("run_id", run.runId());
        json.put("source", run.source());
        json.put("mode", ExportRequestOptions.text(run.mode()));
        json.put("engine", run.origin().engine());
        json.put("format", run.format());
        json.put("rows", run.rows());
        json.put("bytes", run.bytes());
        json.put("file_count", run.files().size());
        json.put("published_at", run.publishedAt());
        json.put("signed", run.signature().isPresent());
        json.put("statement_ids", run.origin().statementIds());
        run.origin().snapshotVersion().ifPresent(version -> json.put("snapshot_version", version));
        part(run).ifPresent(text -> json.put("window", text));
        return json;
    }
}
