package io.lakeport.localworkspace.rest.files;

import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.file.FileLinks.Grant;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves files under presigned links, and refuses what S3 refuses, in its words. */
final class FileLinkRoutes {
    private final FileSpace space;
    private final FileLinks links;

    FileLinkRoutes(FileSpace space, FileLinks links) {
        this.space = space;
        this.links = links;
    }

    void addTo(Router router) {
        String pattern = FileLinks.PREFIX + "{subject}";
        router.add("GET", pattern, this::handle);
        router.add("HEAD", pattern, this::handle);
        router.add("DELETE", pattern, this::handle);
        router.addStreaming("PUT", pattern, this::handle);
    }

    private void handle(Exchange exchange, PathValues path) throws IOException {
        if (exchange.header("Authorization").isPresent()) {
            refuse(
                    exchange,
                    400,
                    "InvalidArgument",
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string"
                            + " parameter or the Authorization header should be specified");
            return;
        }
        String expires = exchange.query("X-Expires").orElse("0");
        String signature = exchange.query("X-Signature").orElse("");
        switch (links.check(path.get("subject"), expires, signature)) {
            case TAMPERED -> refuseSignature(exchange);
            case EXPIRED -> refuse(exchange, 403, "AccessDenied", "Request has expired");
            case VALID -> serve(exchange, links.grant(path.get("subject")));
        }
    }

    private void serve(Exchange exchange, Grant grant) throws IOException {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        if (!method.equals(grant.method())) {
            refuseSignature(exchange);
            return;
        }
        try {
            Place place =
                    space.place(grant.principal(), grant.path(), method.equals("GET") ? Intent.READ : Intent.WRITE);
            switch (method) {
                case "PUT" -> {
                    place.write(exchange.bodyStream(), grant.overwrite());
                    exchange.respond(200, FileAnswers.BINARY, new byte[0]);
                }
                case "DELETE" -> {
                    place.delete();
                    exchange.respond(204, FileAnswers.BINARY, new byte[0]);
                }
                default -> FileAnswers.send(exchange, place);
            }
        } catch (FileError e) {
            refuse(exchange, e);
        }
    }

    private static void refuse(Exchange exchange, FileError error) throws IOException {
        switch (error.reason()) {
            case NOT_FOUND, NO_VOLUME, IS_DIRECTORY ->
                refuse(exchange, 404, "NoSuchKey", "The specified key does not exist.");
            case ALREADY_EXISTS ->
                refuse(
                        exchange,
                        412,
                        "PreconditionFailed",
                        "At least one of the pre-conditions you specified did not hold");
            case UNAVAILABLE -> refuse(exchange, 503, "ServiceUnavailable", "Please reduce your request rate.");
            default -> refuse(exchange, 403, "AccessDenied", "Access Denied");
        }
    }

    private static void refuseSignature(Exchange exchange) throws IOException {
        refuse(
                exchange,
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.");
    }

    private static void refuse(Exchange exchange, int status, String code, String message) throws IOException {
        FileAnswers.drain(exchange);
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        exchange.respond(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
    }
}
