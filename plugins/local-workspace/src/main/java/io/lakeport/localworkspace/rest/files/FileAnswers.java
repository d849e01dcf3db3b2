package io.lakeport.localworkspace.rest.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Contents and refusals as the Files API answers them. */
final class FileAnswers {
    static final String BINARY = "application/octet-stream";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    /** So much of a body that nobody wants is read, so that the client gets to the answer. */
    private static final long DRAIN_LIMIT = 256L << 20;

    private static final int REPLACED_TRIES = 20;

    private FileAnswers() {}

    /** Part of a file, both ends included. */
    private record Span(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    /** Sends a file, or the part of it that the Range header asks for. */
    static void send(Exchange exchange, Place place) throws IOException {
        Matcher range = RANGE.matcher(exchange.header("Range").orElse(""));
        boolean partial = range.matches() && !range.group().equals("bytes=-");
        for (int tries = 1; ; tries++) {
            FileEntry entry = place.file();
            Span span = partial ? span(range, entry.size()) : new Span(0, entry.size() - 1);
            boolean absent = partial && (span.first() > span.last() || span.first() >= entry.size());
            boolean empty = absent || exchange.method().equals("HEAD");
            try (InputStream content =
                    empty ? InputStream.nullInputStream() : place.read(span.first(), span.length())) {
                // A file that was replaced before it was opened would be sent with the length of the old one.
                if (tries == REPLACED_TRIES || place.file().equals(entry)) {
                    send(exchange, entry, partial, absent ? Optional.empty() : Optional.of(span), content);
                    return;
                }
            }
        }
    }

    private static void send(
            Exchange exchange, FileEntry entry, boolean partial, Optional<Span> span, InputStream content)
            throws IOException {
        exchange.addHeader("Last-Modified", HTTP_DATE.format(entry.modified()));
        exchange.addHeader("Accept-Ranges", "bytes");
        if (span.isEmpty()) {
            exchange.addHeader("Content-Range", "bytes */" + entry.size());
            refuse(exchange, 416, "OUT_OF_RANGE", "The requested range is not satisfiable.", "");
            return;
        }
        if (partial) {
            exchange.addHeader(
                    "Content-Range",
                    "bytes " + span.get().first() + "-" + span.get().last() + "/" + entry.size());
        }
        exchange.respondStream(partial ? 206 : 200, BINARY, content, span.get().length());
    }

    private static Span span(Matcher range, long size) {
        if (range.group(1).isEmpty()) {
            return new Span(Math.max(0, size - Long.parseLong(range.group(2))), size - 1);
        }
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        return new Span(Long.parseLong(range.group(1)), last);
    }

    /** Refuses a request in the words of the Files API. */
    static void refuse(Exchange exchange, FileError error) throws IOException {
        drain(exchange);
        String message = String.valueOf(error.getMessage());
        switch (error.reason()) {
            case NOT_FOUND ->
                refuse(exchange, 404, "NOT_FOUND", "The file being accessed is not found.", "FILES_API_FILE_NOT_FOUND");
            case NO_VOLUME -> refuse(exchange, 404, "NOT_FOUND", message, "");
            case ALREADY_EXISTS -> refuse(exchange, 409, "ALREADY_EXISTS", message, "FILES_API_FILE_ALREADY_EXISTS");
            case NOT_EMPTY ->
                refuse(
                        exchange,
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "The directory is not empty.",
                        "FILES_API_DIRECTORY_IS_NOT_EMPTY");
            case IS_DIRECTORY ->
                refuse(
                        exchange,
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "The given path points to an existing directory.",
                        "FILES_API_PATH_IS_A_DIRECTORY");
            case NOT_DIRECTORY ->
                refuse(
                        exchange,
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "The given path points to an existing file.",
                        "FILES_API_PATH_IS_NOT_A_DIRECTORY");
            case DENIED, NO_LOCATION -> refuse(exchange, 403, "PERMISSION_DENIED", message, "");
            case INVALID_PATH -> refuse(exchange, 400, "INVALID_PARAMETER_VALUE", message, "FILES_API_INVALID_PATH");
            case UNAVAILABLE -> refuse(exchange, 503, "TEMPORARILY_UNAVAILABLE", message, "");
        }
    }

    /** Reads on to the end of a body, within reason: a client that still writes would miss the answer. */
    static void drain(Exchange exchange) throws IOException {
        InputStream body = exchange.bodyStream();
        byte[] buffer = new byte[1 << 16];
        long read = 0;
        for (int n = body.read(buffer); n >= 0 && read < DRAIN_LIMIT; n = body.read(buffer)) {
            read += n;
        }
    }

    private static void refuse(Exchange exchange, int status, String code, String message, String reason)
            throws IOException {
        ObjectNode body = Json.object().put("error_code", code).put("message", message);
        Optional<String> given = Optional.of(reason).filter(r -> !r.isEmpty());
        given.ifPresent(r -> body.putArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", r)
                .put("domain", "filesystem.databricks.com"));
        Json.respond(exchange, status, body);
    }
}
