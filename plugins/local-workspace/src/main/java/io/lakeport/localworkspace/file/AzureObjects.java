package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.ObjectStorage.Objects;
import io.lakeport.localworkspace.file.ObjectStorage.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A container of a server of the Azure Blob protocol, with the account in the path, as Azurite has it. */
final class AzureObjects implements Objects {
    private static final String VERSION = "2021-08-06";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final StoreEndpoint endpoint;
    private final String container;

    AzureObjects(StoreEndpoint endpoint, String container) {
        this.endpoint = endpoint;
        this.container = container;
    }

    private URI url(String key, String query) {
        String path = key.isEmpty() ? "" : "/" + encode(key).replace("%2F", "/");
        String base = endpoint.url().toString().replaceAll("/+$", "");
        return URI.create(
                base + "/" + endpoint.account() + "/" + container + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<InputStream> send(
            String method, URI url, Map<String, String> extra, BodyPublisher body, String key) throws IOException {
        Map<String, String> headers = new TreeMap<>(extra);
        headers.put("x-ms-date", HTTP_DATE.format(Instant.now()));
        headers.put("x-ms-version", VERSION);
        String length = body.contentLength() > 0 ? String.valueOf(body.contentLength()) : "";
        String type = body.contentLength() > 0 ? "application/octet-stream" : "";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(TIMEOUT).method(method, body);
        headers.forEach(request::header);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        request.header("Authorization", AzureSignature.of(endpoint, method, url, headers, length, type));
        try {
            return checked(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()), key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the object store", e);
        }
    }

    private static HttpResponse<InputStream> checked(HttpResponse<InputStream> answer, String key) throws IOException {
        if (answer.statusCode() < 300) {
            return answer;
        }
        answer.body().close();
        throw switch (answer.statusCode()) {
            case 404 -> new NoSuchFileException(key);
            case 401, 403 -> new AccessDeniedException(key);
            case 409, 412 -> new FileAlreadyExistsException(key);
            default -> new IOException("The object store answered " + answer.statusCode() + " for " + key);
        };
    }

    @Override
    public Optional<Stored> find(String key) throws IOException {
        try {
            HttpResponse<InputStream> head = send("HEAD", url(key, ""), Map.of(), BodyPublishers.noBody(), key);
            head.body().close();
            FileEntry entry = new FileEntry(
                    key,
                    false,
                    head.headers().firstValueAsLong("Content-Length").orElse(0),
                    modified(head.headers().firstValue("Last-Modified").orElse("")));
            return Optional.of(
                    new Stored(key, entry, head.headers().firstValue("ETag").orElse("")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Instant modified(String text) {
        return text.isEmpty()
                ? Instant.EPOCH
                : ZonedDateTime.parse(text, HTTP_DATE).toInstant();
    }

    @Override
    public List<Stored> list(String prefix, boolean deep) throws IOException {
        List<Stored> all = new ArrayList<>();
        String marker = "";
        do {
            String query = "restype=container&comp=list&prefix=" + encode(prefix) + (deep ? "" : "&delimiter=%2F")
                    + (marker.isEmpty() ? "" : "&marker=" + encode(marker));
            try (InputStream body = send("GET", url("", query), Map.of(), BodyPublishers.noBody(), prefix)
                    .body()) {
                marker = read(body, all);
            }
        } while (!marker.isEmpty());
        return all;
    }

    private static String read(InputStream xml, List<Stored> all) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
            NodeList prefixes = root.getElementsByTagName("BlobPrefix");
            for (int i = 0; i < prefixes.getLength(); i++) {
                String key = text((Element) prefixes.item(i), "Name");
                all.add(new Stored(key, new FileEntry(key, true, 0, Instant.EPOCH), ""));
            }
            NodeList blobs = root.getElementsByTagName("Blob");
            for (int i = 0; i < blobs.getLength(); i++) {
                Element blob = (Element) blobs.item(i);
                String key = text(blob, "Name");
                long size = Long.parseLong(text(blob, "Content-Length"));
                FileEntry entry = new FileEntry(key, false, size, modified(text(blob, "Last-Modified")));
                all.add(new Stored(key, entry, text(blob, "Etag")));
            }
            return text(root, "NextMarker");
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("The object store's listing is no XML", e);
        }
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @Override
    public InputStream read(String key, long offset, long length) throws IOException {
        Map<String, String> range = Map.of("x-ms-range", "bytes=" + offset + "-" + (offset + length - 1));
        return send("GET", url(key, ""), range, BodyPublishers.noBody(), key).body();
    }

    @Override
    public void write(String key, Path content, boolean overwrite) throws IOException {
        if (!overwrite && find(key).isPresent()) {
            throw new FileAlreadyExistsException(key);
        }
        BodyPublisher body = Files.size(content) == 0 ? BodyPublishers.noBody() : BodyPublishers.ofFile(content);
        send("PUT", url(key, ""), Map.of("x-ms-blob-type", "BlockBlob"), body, key)
                .body()
                .close();
    }

    @Override
    public void copy(String from, String to) throws IOException {
        Map<String, String> source = Map.of("x-ms-copy-source", url(from, "").toString());
        send("PUT", url(to, ""), source, BodyPublishers.noBody(), to).body().close();
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            send("DELETE", url(key, ""), Map.of(), BodyPublishers.noBody(), key)
                    .body()
                    .close();
        } catch (NoSuchFileException e) {
            return;
        }
    }

    @Override
    public String identity() {
        return "azure://" + container + "@" + endpoint.account();
    }
}
