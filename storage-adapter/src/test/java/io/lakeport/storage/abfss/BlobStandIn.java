package io.lakeport.storage.abfss;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for the Blob API and for Entra, so that the build needs no Node: it answers what the REST reference says,
 * and proves nothing about Azure. The judge is {@link AzuriteTest}.
 */
final class BlobStandIn implements AutoCloseable {
    static final String CONTAINER = "/account/c/";
    private static final Pattern LATEST = Pattern.compile("<Latest>([^<]+)</Latest>");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final int PAGE = 2;

    /** What is kept of an object. */
    record Blob(byte[] content, String etag, String writer) {}

    final TreeMap<String, Blob> blobs = new TreeMap<>();
    final List<String> agents = new CopyOnWriteArrayList<>();
    final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, byte[]>> blocks = new HashMap<>();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private int versions;

    BlobStandIn() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/account/", this::storage);
        http.createContext("/directory/", this::entra);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private synchronized void storage(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
        Map<String, String> query = new HashMap<>();
        for (String pair :
                String.valueOf(exchange.getRequestURI().getRawQuery()).split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (!query.containsKey("sig") && !"Bearer entra-token".equals(bearer)) {
            answer(exchange, 403, "AuthenticationFailed", new byte[0]);
        } else if ("list".equals(query.get("comp"))) {
            list(exchange, query);
        } else {
            String name = exchange.getRequestURI().getPath().substring(CONTAINER.length());
            blob(exchange, name, query, body);
        }
    }

    private void blob(HttpExchange exchange, String name, Map<String, String> query, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, name, query, body);
            case "DELETE" -> answer(exchange, blobs.remove(name) == null ? 404 : 202, "BlobNotFound", new byte[0]);
            default -> get(exchange, name);
        }
    }

    private void put(HttpExchange exchange, String name, Map<String, String> query, byte[] body) throws IOException {
        String comp = query.getOrDefault("comp", "");
        if (comp.equals("block")) {
            blocks.computeIfAbsent(name, key -> new HashMap<>()).put(query.get("blockid"), body);
            answer(exchange, 201, "", new byte[0]);
        } else if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match")) && blobs.containsKey(name)) {
            answer(exchange, 409, "BlobAlreadyExists", new byte[0]);
        } else {
            byte[] content = comp.equals("blocklist") ? assembled(name, body) : body;
            if (content == null) {
                answer(exchange, 400, "InvalidBlockList", new byte[0]);
                return;
            }
            // A commit drops what others staged for the same blob.
            blocks.remove(name);
            String writer = exchange.getRequestHeaders().getFirst("x-ms-meta-lakeportwrite");
            blobs.put(name, new Blob(content, "\"v" + ++versions + "\"", writer));
            answer(exchange, 201, "", new byte[0]);
        }
    }

    private byte[] assembled(String name, byte[] list) {
        Map<String, byte[]> staged = blocks.getOrDefault(name, Map.of());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Matcher id = LATEST.matcher(new String(list, StandardCharsets.UTF_8));
        while (id.find()) {
            if (!staged.containsKey(id.group(1))) {
                return null;
            }
            whole.writeBytes(staged.get(id.group(1)));
        }
        return whole.toByteArray();
    }

    private void get(HttpExchange exchange, String name) throws IOException {
        Blob blob = blobs.get(name);
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        if (blob == null) {
            answer(exchange, 404, "BlobNotFound", new byte[0]);
        } else if (match != null && !match.equals(blob.etag())) {
            answer(exchange, 412, "ConditionNotMet", new byte[0]);
        } else {
            Headers headers = exchange.getResponseHeaders();
            headers.set("ETag", blob.etag());
            headers.set("x-ms-meta-lakeportwrite", String.valueOf(blob.writer()));
            send(exchange, blob);
        }
    }

    private void send(HttpExchange exchange, Blob blob) throws IOException {
        int size = blob.content().length;
        Matcher range =
                RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(size));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        } else if (!range.matches() || Integer.parseInt(range.group(1)) >= size) {
            answer(exchange, 416, "InvalidRange", new byte[0]);
        } else {
            int from = Integer.parseInt(range.group(1));
            int to = Math.min(size, Integer.parseInt(range.group(2)) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
            answer(exchange, 206, "", Arrays.copyOfRange(blob.content(), from, to));
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        List<String> names = blobs.keySet().stream()
                .filter(name -> name.startsWith(query.get("prefix")))
                .filter(name -> name.compareTo(query.getOrDefault("marker", "")) >= 0)
                .toList();
        StringBuilder xml = new StringBuilder("\uFEFF<?xml version=\"1.0\"?><EnumerationResults><Blobs>"
                + "<Blob><Name>p/folder</Name><Properties><Content-Length>0</Content-Length>"
                + "<ResourceType>directory</ResourceType></Properties></Blob>");
        names.stream()
                .limit(PAGE)
                .forEach(name -> xml.append("<Blob><Name>")
                        .append(name.replace("&", "&amp;"))
                        .append("</Name><Properties><Content-Length>")
                        .append(blobs.get(name).content().length)
                        .append("</Content-Length></Properties></Blob>"));
        String next = names.size() > PAGE ? names.get(PAGE) : "";
        xml.append("</Blobs><NextMarker>")
                .append(next.replace("&", "&amp;"))
                .append("</NextMarker></EnumerationResults>");
        answer(exchange, 200, "", xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void entra(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        tokenRequests.add(exchange.getRequestURI() + " " + form);
        boolean right = form.contains("client_secret=right");
        String body = right
                ? "{\"access_token\":\"entra-token\",\"expires_in\":3599}"
                : "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret\"}";
        answer(exchange, right ? 200 : 401, "", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String code, byte[] body) throws IOException {
        if (status >= 300) {
            exchange.getResponseHeaders().set("x-ms-error-code", code);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
