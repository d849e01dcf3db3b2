package io.lakeport.localworkspace.statement;

import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.PathValues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves chunks under presigned links, and refuses what S3 refuses, in its words: an Authorization header beside the
 * signature, a tampered link, one that has expired.
 */
final class LinkRoutes implements Handler {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
    private static final String BINARY = "application/octet-stream";

    private final StatementService service;
    private final LinkSigner signer;

    LinkRoutes(StatementService service, LinkSigner signer) {
        this.service = service;
        this.signer = signer;
    }

    @Override
    public void handle(Exchange exchange, PathValues path) throws IOException {
        String expires = exchange.query("X-Expires").orElse("0");
        String signature = exchange.query("X-Signature").orElse("");
        if (exchange.header("Authorization").isPresent()) {
            refuse(
                    exchange,
                    400,
                    "InvalidArgument",
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string"
                            + " parameter or the Authorization header should be specified");
            return;
        }
        switch (signer.check(path.get("id"), path.get("chunk"), expires, signature)) {
            case TAMPERED:
                refuse(
                        exchange,
                        403,
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided.");
                break;
            case EXPIRED:
                refuse(exchange, 403, "AccessDenied", "Request has expired");
                break;
            default:
                send(exchange, service.chunk(path.get("id"), StatementRoutes.parseIndex(path.get("chunk"))));
        }
    }

    private static void send(Exchange exchange, Optional<StoredChunk> chunk) throws IOException {
        if (chunk.isEmpty()) {
            refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.");
            return;
        }
        ChunkBody body = chunk.get().body();
        Matcher range = RANGE.matcher(exchange.header("Range").orElse(""));
        long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
        long to = range.matches() && !range.group(2).isEmpty() ? Long.parseLong(range.group(2)) : body.length() - 1;
        if (from >= body.length() || to < from) {
            refuse(exchange, 416, "InvalidRange", "The requested range is not satisfiable");
            return;
        }
        long last = Math.min(to, body.length() - 1);
        if (!range.matches()) {
            exchange.addHeader("x-goog-hash", "crc32c=" + base64(body.crc32c()));
        } else {
            exchange.addHeader("Content-Range", "bytes " + from + "-" + last + "/" + body.length());
        }
        exchange.addHeader("Accept-Ranges", "bytes");
        sendBytes(exchange, body, range.matches() ? 206 : 200, from, last - from + 1);
    }

    /** Chunks' LZ4 frames need not have checksums, and storages send their own beside an object (here Google's). */
    private static String base64(int crc32c) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
    }

    private static void sendBytes(Exchange exchange, ChunkBody body, int status, long from, long length)
            throws IOException {
        Optional<Path> file = body.file();
        if (file.isEmpty()) {
            byte[] all = body.read();
            exchange.respond(status, BINARY, java.util.Arrays.copyOfRange(all, (int) from, (int) (from + length)));
            return;
        }
        try {
            exchange.respondFile(status, BINARY, file.get(), from, length);
        } catch (NoSuchFileException closedMeanwhile) {
            refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.");
        }
    }

    private static void refuse(Exchange exchange, int status, String code, String message) throws IOException {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        exchange.respond(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }
}
