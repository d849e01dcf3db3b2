package io.lakeport.localworkspace.rest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.FileError;
import io.lakeport.localworkspace.file.FileLinks;
import io.lakeport.localworkspace.file.FilePath;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The Files API, {@code /api/2.0/fs}, and the links that the JDBC driver's volume client asks for. */
public final class FilesRoutes {
    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final int PAGE = 1000;

    private final FileSpace space;
    private final TokenService tokens;
    private final FileLinks links;

    /** Creates the routes. */
    public FilesRoutes(FileSpace space, TokenService tokens, FileLinks links) {
        this.space = space;
        this.tokens = tokens;
        this.links = links;
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        router.add("GET", FILES + "/**", refusing(this::download));
        router.add("HEAD", FILES + "/**", refusing(this::download));
        router.addStreaming("PUT", FILES + "/**", refusing(this::upload));
        router.add("DELETE", FILES + "/**", refusing(this::delete));
        router.add("GET", DIRECTORIES + "/**", refusing(this::list));
        router.add("HEAD", DIRECTORIES + "/**", refusing(this::directory));
        router.add("PUT", DIRECTORIES + "/**", refusing(this::makeDirectory));
        router.add("DELETE", DIRECTORIES + "/**", refusing(this::deleteDirectory));
        router.add("GET", "/api/2.0/fs/list", refusing(this::listForDriver));
        router.add("POST", "/api/2.0/fs/create-upload-url", refusing((e, p) -> createLink(e, "PUT", Intent.WRITE)));
        router.add("POST", "/api/2.0/fs/create-download-url", refusing((e, p) -> createLink(e, "GET", Intent.READ)));
        router.add("POST", "/api/2.0/fs/create-delete-url", refusing((e, p) -> createLink(e, "DELETE", Intent.WRITE)));
        new FileLinkRoutes(space, links).addTo(router);
    }

    private static Handler refusing(Handler handler) {
        return (exchange, path) -> {
            try {
                handler.handle(exchange, path);
            } catch (FileError e) {
                FileAnswers.refuse(exchange, e);
            }
        };
    }

    private Place place(Exchange exchange, String prefix, Intent intent) {
        String principal = tokens.authenticate(exchange).applicationId();
        return place(principal, exchange.path().substring(prefix.length()), intent);
    }

    private Place place(String principal, String path, Intent intent) {
        FilePath parsed = FilePath.parse(path);
        if (parsed.kind() != FilePath.Kind.VOLUME) {
            throw new FileError(
                    FileError.Reason.INVALID_PATH,
                    path,
                    "Invalid path: unsupported first path component: "
                            + (parsed.parts().isEmpty() ? "" : parsed.parts().get(0)));
        }
        return space.place(principal, path, intent);
    }

    private void download(Exchange exchange, PathValues path) throws IOException {
        FileAnswers.send(exchange, place(exchange, FILES, Intent.READ));
    }

    private void upload(Exchange exchange, PathValues path) throws IOException {
        Place place;
        try {
            place = place(exchange, FILES, Intent.WRITE);
        } catch (ApiException e) {
            FileAnswers.drain(exchange);
            throw e;
        }
        boolean overwrite =
                exchange.query("overwrite").filter("true"::equalsIgnoreCase).isPresent();
        place.write(exchange.bodyStream(), overwrite);
        exchange.respond(204, FileAnswers.BINARY, new byte[0]);
    }

    private void delete(Exchange exchange, PathValues path) throws IOException {
        Place place = place(exchange, FILES, Intent.WRITE);
        place.file();
        place.delete();
        exchange.respond(204, FileAnswers.BINARY, new byte[0]);
    }

    private void directory(Exchange exchange, PathValues path) throws IOException {
        place(exchange, DIRECTORIES, Intent.READ).list();
        exchange.respond(200, FileAnswers.BINARY, new byte[0]);
    }

    private void makeDirectory(Exchange exchange, PathValues path) throws IOException {
        place(exchange, DIRECTORIES, Intent.WRITE).makeDirectory();
        exchange.respond(204, FileAnswers.BINARY, new byte[0]);
    }

    private void deleteDirectory(Exchange exchange, PathValues path) throws IOException {
        Place place = place(exchange, DIRECTORIES, Intent.WRITE);
        if (!place.list().isEmpty()) {
            throw new FileError(FileError.Reason.NOT_EMPTY, place.path().written(), "The directory is not empty.");
        }
        place.delete();
        exchange.respond(204, FileAnswers.BINARY, new byte[0]);
    }

    private void list(Exchange exchange, PathValues path) throws IOException {
        Place place = place(exchange, DIRECTORIES, Intent.READ);
        List<FileEntry> all = place.list();
        int size = number(exchange.query("page_size"), PAGE);
        int from = number(exchange.query("page_token"), 0);
        int to = Math.min(all.size(), from + (size == 0 ? PAGE : Math.min(size, PAGE)));
        ObjectNode answer = Json.object();
        ArrayNode contents = answer.putArray("contents");
        for (FileEntry entry : all.subList(Math.min(from, to), to)) {
            ObjectNode node = contents.addObject()
                    .put("path", place.path().child(entry.name()).text())
                    .put("is_directory", entry.directory())
                    .put("last_modified", entry.modified().toEpochMilli())
                    .put("name", entry.name());
            if (!entry.directory()) {
                node.put("file_size", entry.size());
            }
        }
        if (to < all.size()) {
            answer.put("next_page_token", String.valueOf(to));
        }
        Json.respond(exchange, 200, answer);
    }

    private static int number(Optional<String> text, int otherwise) {
        String given = text.filter(t -> !t.isEmpty()).orElse(String.valueOf(otherwise));
        if (!given.matches("\\d{1,9}")) {
            throw ApiException.invalid("page_size and page_token must be of the form that the API gave: " + given);
        }
        return Integer.parseInt(given);
    }

    /** The list that the JDBC driver's volume client asks for. */
    private void listForDriver(Exchange exchange, PathValues path) throws IOException {
        String principal = tokens.authenticate(exchange).applicationId();
        String asked = exchange.query("path").orElseThrow(() -> ApiException.invalid("Missing required field: path"));
        Place place = place(principal, asked, Intent.READ);
        ArrayNode files = Json.object().putArray("files");
        for (FileEntry entry : place.list()) {
            files.addObject()
                    .put("path", place.path().child(entry.name()).text())
                    .put("is_dir", entry.directory())
                    .put("file_size", entry.size())
                    .put("modification_time", entry.modified().toEpochMilli());
        }
        Json.respond(exchange, 200, Json.object().set("files", files));
    }

    private void createLink(Exchange exchange, String method, Intent intent) throws IOException {
        String principal = tokens.authenticate(exchange).applicationId();
        JsonNode body = Json.readObject(exchange);
        String path = Json.text(body, "path").orElseThrow(() -> ApiException.invalid("Missing required field: path"));
        Place place = place(principal, path, intent);
        if (!method.equals("PUT")) {
            place.file();
        }
        String text = place.path().text();
        String link = links.link(new FileLinks.Grant(method, principal, text, true));
        ObjectNode answer = Json.object().put("url", exchange.base() + link);
        answer.putArray("headers");
        Json.respond(exchange, 200, answer);
    }
}
