package io.lakeport.localworkspace.audit;

import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Note;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** An exchange that has a request id and tells how it was answered. */
final class AuditedExchange implements Exchange {
    private static final String REQUEST_ID = "x-request-id";

    private final Exchange exchange;
    private final String requestId;
    private final BiConsumer<Integer, byte[]> onAnswer;

    AuditedExchange(Exchange exchange, String requestId, BiConsumer<Integer, byte[]> onAnswer) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.onAnswer = onAnswer;
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    public Optional<String> query(String name) {
        return exchange.query(name);
    }

    @Override
    public Set<String> queryAll(String name) {
        return exchange.queryAll(name);
    }

    @Override
    public Optional<String> header(String name) {
        return name.equalsIgnoreCase(REQUEST_ID) ? Optional.of(requestId) : exchange.header(name);
    }

    @Override
    public byte[] body() throws IOException {
        return exchange.body();
    }

    @Override
    public InputStream bodyStream() throws IOException {
        return exchange.bodyStream();
    }

    @Override
    public String remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public String base() {
        return exchange.base();
    }

    @Override
    public void addHeader(String name, String value) {
        exchange.addHeader(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] body) throws IOException {
        // Before the client can see the answer, so that whoever has one finds its event.
        onAnswer.accept(status, body);
        exchange.respond(status, contentType, body);
    }

    @Override
    public void respondFile(int status, String contentType, Path file, long offset, long length) throws IOException {
        onAnswer.accept(status, new byte[0]);
        exchange.respondFile(status, contentType, file, offset, length);
    }

    @Override
    public void respondStream(int status, String contentType, InputStream content, long length) throws IOException {
        onAnswer.accept(status, new byte[0]);
        exchange.addHeader(REQUEST_ID, requestId);
        exchange.respondStream(status, contentType, content, length);
    }

    @Override
    public void respondPartly(int status, String contentType, byte[] body, int sent) throws IOException {
        onAnswer.accept(status, body);
        exchange.respondPartly(status, contentType, body, sent);
    }

    @Override
    public void note(Note note, String value) {
        exchange.note(note, value);
    }

    @Override
    public void drop() throws IOException {
        exchange.drop();
    }
}
