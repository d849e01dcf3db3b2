package io.lakeport.localworkspace.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's HTTP server. */
final class JdkExchange implements Exchange {
    /** What nginx logs when it ends a connection without an answer. */
    private static final int DROPPED = 444;

    private static final int COPY_BUFFER = 1 << 18;

    private final HttpExchange raw;
    private final String scheme;
    private final OnAnswer onAnswer;
    private final Map<Note, String> notes = new EnumMap<>(Note.class);
    private byte @Nullable [] body;
    private boolean streamed;
    private int status;
    private boolean refused;

    /** Told status and length just before the client can see any of the answer. */
    interface OnAnswer {
        void sending(JdkExchange exchange, int status, long bytes);
    }

    /**
     * Wraps an exchange.
     *
     * @param onAnswer told just before the answer
     */
    JdkExchange(HttpExchange raw, String scheme, OnAnswer onAnswer) {
        this.raw = raw;
        this.scheme = scheme;
        this.onAnswer = onAnswer;
    }

    @Override
    public String method() {
        return raw.getRequestMethod();
    }

    @Override
    public String path() {
        String path = raw.getRequestURI().getPath();
        // "OPTIONS *" and CONNECT have none.
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public Optional<String> query(String name) {
        String query = raw.getRequestURI().getRawQuery();
        return query == null ? Optional.empty() : form(query, name);
    }

    @Override
    public Set<String> queryAll(String name) {
        String query = raw.getRequestURI().getRawQuery();
        Set<String> values = new LinkedHashSet<>();
        if (query != null) {
            formAll(query, name).forEach(value -> values.addAll(List.of(value.split(","))));
        }
        values.remove("");
        return values;
    }

    /** Returns the first value of a field in a form or a query. */
    static Optional<String> form(String encoded, String name) {
        return formAll(encoded, name).stream().findFirst();
    }

    private static List<String> formAll(String encoded, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (decode(key).equals(name)) {
                values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("The query or form is not URL-encoded: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(raw.getRequestHeaders().getFirst(name));
    }

    @Override
    public byte[] body() throws IOException {
        byte[] read = body;
        if (read == null) {
            // What went by as a stream is not kept.
            read = streamed ? new byte[0] : readBody();
            body = read;
        }
        return read;
    }

    private byte[] readBody() throws IOException {
        try {
            return readWithin(BodyLimits.of(path()));
        } catch (ApiException e) {
            refused = true;
            throw e;
        }
    }

    private byte[] readWithin(long limit) throws IOException {
        String announced = header("Content-Length").orElse("0");
        if (announced.length() > 18 || announced.matches("\\d+") && Long.parseLong(announced) > limit) {
            throw BodyLimits.exceeded(limit);
        }
        byte[] read = raw.getRequestBody().readNBytes((int) limit + 1);
        if (read.length > limit) {
            throw BodyLimits.exceeded(limit);
        }
        return read;
    }

    @Override
    public InputStream bodyStream() {
        byte[] read = body;
        streamed = read == null;
        return read == null ? raw.getRequestBody() : new ByteArrayInputStream(read);
    }

    @Override
    public String remoteAddress() {
        return raw.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public String base() {
        return scheme + "://"
                + header("Host")
                        .orElseGet(() -> "127.0.0.1:" + raw.getLocalAddress().getPort());
    }

    @Override
    public void note(Note note, String value) {
        notes.put(note, value);
    }

    /** Returns what was noted, an empty text for nothing. */
    String noted(Note note) {
        return notes.getOrDefault(note, "");
    }

    @Override
    public void addHeader(String name, String value) {
        raw.getResponseHeaders().add(name, value);
    }

    @Override
    public void respond(int newStatus, String contentType, byte[] answer) throws IOException {
        begin(newStatus, contentType, answer.length);
        if (answer.length > 0 && !method().equals("HEAD")) {
            try (OutputStream out = raw.getResponseBody()) {
                out.write(answer);
            }
        }
    }

    @Override
    public void respondFile(int newStatus, String contentType, Path file, long offset, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            begin(newStatus, contentType, length);
            if (method().equals("HEAD")) {
                return;
            }
            try (OutputStream out = raw.getResponseBody()) {
                copy(channel.position(offset), length, out);
            }
        }
    }

    @Override
    public void respondStream(int newStatus, String contentType, InputStream content, long length) throws IOException {
        begin(newStatus, contentType, length);
        if (length > 0 && !method().equals("HEAD")) {
            try (OutputStream out = raw.getResponseBody()) {
                content.transferTo(out);
            }
        }
    }

    private static void copy(FileChannel from, long length, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BUFFER, Math.max(1, length)));
        long left = length;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            int read = from.read(buffer);
            if (read < 0) {
                throw new IOException("the file ended " + left + " bytes early");
            }
            out.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    private void begin(int newStatus, String contentType, long length) throws IOException {
        finishReading();
        status = newStatus;
        onAnswer.sending(this, newStatus, length);
        raw.getResponseHeaders().set("Content-Type", contentType);
        raw.getResponseHeaders().set("Server", "databricks");
        if (method().equals("HEAD")) {
            // The JDK's server adds no length to an answer without a body, but a HEAD is asked for just that.
            raw.getResponseHeaders().set("Content-Length", String.valueOf(length));
        }
        // The JDK's server writes "no body" as -1; 0 would mean chunked.
        raw.sendResponseHeaders(newStatus, length == 0 || method().equals("HEAD") ? -1 : length);
    }

    /**
     * Reads what is left of a request that is answered early, so that its connection can serve the next one. What is
     * too large stays unread, and the connection ends with the answer.
     */
    private void finishReading() {
        if (body == null && !refused && !streamed) {
            try {
                body();
            } catch (IOException | ApiException e) {
                refused = true;
            }
        }
        if (refused) {
            raw.getResponseHeaders().set("Connection", "close");
        }
    }

    @Override
    public void respondPartly(int newStatus, String contentType, byte[] answer, int sent) throws IOException {
        begin(newStatus, contentType, answer.length);
        if (!method().equals("HEAD") && answer.length > 0) {
            OutputStream out = raw.getResponseBody();
            out.write(answer, 0, sent);
            out.flush();
        }
        // Closing with bytes missing makes the JDK's server end the connection.
        raw.close();
    }

    @Override
    public void drop() {
        status = DROPPED;
        onAnswer.sending(this, status, 0);
        raw.close();
    }

    /** Returns the status sent, 0 before the answer began. */
    int status() {
        return status;
    }

    /** Notes that the client went away; 499 is what proxies log for that. */
    void abandon() {
        if (status == 0) {
            status = 499;
            onAnswer.sending(this, status, 0);
        }
    }
}
