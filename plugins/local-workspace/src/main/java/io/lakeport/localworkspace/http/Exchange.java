package io.lakeport.localworkspace.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** One request and its answer, whatever server carries it. Confined to the thread that handles it. */
public interface Exchange {
    /** Returns the method in upper case, for example {@code POST}. */
    String method();

    /** Returns the decoded path without the query. */
    String path();

    /** Returns the first value of a query parameter, decoded. */
    Optional<String> query(String name);

    /** Returns all values of a query parameter that is repeated or separated by commas, decoded. */
    Set<String> queryAll(String name);

    /** Returns the first value of a request header, by a name in any case. */
    Optional<String> header(String name);

    /** Returns the whole body, empty when there is none. */
    byte[] body() throws IOException;

    /**
     * Returns the body as it arrives; only once, and not after {@link #body}. Routes that were added as streaming ones
     * can read a body of any size so.
     */
    InputStream bodyStream() throws IOException;

    /** Returns the client's address in numbers, for example {@code 127.0.0.1}. */
    String remoteAddress();

    /**
     * Returns scheme and authority under which the client reached this server, without a trailing slash. Taken from
     * the Host header, so that a client that came through the CONNECT port gets links that lead there again.
     */
    String base();

    /** Tells the log of requests something; call it before the answer. */
    void note(Note note, String value);

    /** Adds a header to the answer; call it before {@link #respond}. */
    void addHeader(String name, String value);

    /** Sends the whole answer. */
    void respond(int status, String contentType, byte[] body) throws IOException;

    /**
     * Sends part of a file as the answer.
     *
     * @param offset first byte, from 0
     * @param length number of bytes
     */
    void respondFile(int status, String contentType, Path file, long offset, long length) throws IOException;

    /**
     * Sends what a stream holds as the answer.
     *
     * @param length number of bytes; the stream has them all
     */
    void respondStream(int status, String contentType, InputStream content, long length) throws IOException;

    /** Promises the whole body, sends its first bytes and ends the connection. */
    void respondPartly(int status, String contentType, byte[] body, int sent) throws IOException;

    /** Ends the connection without an answer. */
    void drop() throws IOException;
}
