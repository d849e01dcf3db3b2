package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Note;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** An exchange that leaves everything to another one. */
abstract class ForwardingExchange implements Exchange {
    private final Exchange target;

    ForwardingExchange(Exchange target) {
        this.target = target;
    }

    @Override
    public String method() {
        return target.method();
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public Optional<String> query(String name) {
        return target.query(name);
    }

    @Override
    public Set<String> queryAll(String name) {
        return target.queryAll(name);
    }

    @Override
    public Optional<String> header(String name) {
        return target.header(name);
    }

    @Override
    public byte[] body() throws IOException {
        return target.body();
    }

    @Override
    public InputStream bodyStream() throws IOException {
        return target.bodyStream();
    }

    @Override
    public String remoteAddress() {
        return target.remoteAddress();
    }

    @Override
    public String base() {
        return target.base();
    }

    @Override
    public void note(Note note, String value) {
        target.note(note, value);
    }

    @Override
    public void addHeader(String name, String value) {
        target.addHeader(name, value);
    }

    @Override
    public void respond(int status, String contentType, byte[] body) throws IOException {
        target.respond(status, contentType, body);
    }

    @Override
    public void respondFile(int status, String contentType, Path file, long offset, long length) throws IOException {
        target.respondFile(status, contentType, file, offset, length);
    }

    @Override
    public void respondStream(int status, String contentType, InputStream content, long length) throws IOException {
        target.respondStream(status, contentType, content, length);
    }

    @Override
    public void respondPartly(int status, String contentType, byte[] body, int sent) throws IOException {
        target.respondPartly(status, contentType, body, sent);
    }

    @Override
    public void drop() throws IOException {
        target.drop();
    }
}
