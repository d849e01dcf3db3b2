package io.lakeport.storage.abfss;

import io.lakeport.core.store.ObjectKey;
import io.lakeport.storage.part.Commit;
import io.lakeport.storage.rest.RestClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sends requests of the Blob API, authorized and under the guard. Thread-safe. */
final class BlobClient {
    private static final String VERSION = "2021-12-02";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final AbfssPlace place;
    private final Authorizer authorizer;
    private final BlobErrors errors;
    private final RestClient http;
    private final Clock clock;

    BlobClient(AbfssPlace place, Authorizer authorizer, RestClient http, Clock clock) {
        this.place = place;
        this.authorizer = authorizer;
        this.errors = new BlobErrors(place, authorizer);
        this.http = http;
        this.clock = clock;
    }

    AbfssPlace place() {
        return place;
    }

    String where(ObjectKey key) {
        return "'" + place.root() + key.value() + "'";
    }

    /** Refuses what the credential cannot do, before anything is sent. */
    void check(ObjectKey key, char permission) {
        authorizer.check(where(key), permission);
    }

    /** Sends a request under the guard; fails unless it succeeds. */
    HttpResponse<byte[]> call(BlobRequest request) {
        return guarded(request, () -> attempt(request));
    }

    /** Sends the request that makes an object visible. */
    void commit(BlobRequest request, Commit commit) {
        guarded(request, () -> commit.attempt(() -> attempt(request)));
    }

    <T> T guarded(BlobRequest request, java.util.concurrent.Callable<T> exchange) {
        authorizer.prepare();
        authorizer.check(errors.where(request), request.permission());
        return http.guarded(request.name(), request.body().contentLength(), exchange);
    }

    /** Sends a request once. */
    HttpResponse<byte[]> attempt(BlobRequest request, Integer... alsoFine) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.put("x-ms-date", HTTP_DATE.format(clock.instant()));
        headers.put("x-ms-version", VERSION);
        long length = request.body().contentLength();
        if (length > 0) {
            headers.putIfAbsent("Content-Type", "application/octet-stream");
        }
        String url = request.key().map(place::url).orElse(place.containerUrl());
        Authorizer.Proof proof = authorizer.prove(
                request.method(), URI.create(with(url, request.query())), headers, length);
        headers.putAll(proof.headers());
        URI whole = URI.create(with(with(url, request.query()), proof.query()));
        HttpRequest.Builder built = HttpRequest.newBuilder(whole).method(request.method(), request.body());
        headers.forEach(built::header);
        HttpResponse<byte[]> answer = http.send(built, errors.where(request));
        if (answer.statusCode() < 300 || Set.of(alsoFine).contains(answer.statusCode())) {
            return answer;
        }
        throw errors.refused(request, answer, proof.credential());
    }

    private static String with(String url, String query) {
        return query.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + query;
    }
}
