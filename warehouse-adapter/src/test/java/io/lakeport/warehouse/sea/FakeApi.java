package io.lakeport.warehouse.sea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A workspace of one statement that misbehaves on demand: each route answers as it should unless a fault was queued for
 * it. Requests are kept for the tests to look at.
 */
final class FakeApi implements AutoCloseable {
    static {
        // Without it each keep-alive POST to the JDK's server takes 44 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Parts of the API. */
    enum Route {
        SUBMIT,
        POLL,
        CANCEL,
        CLOSE,
        LINKS,
        DOWNLOAD,
        HISTORY
    }

    /** What happens instead of the right answer; it may still give that one. */
    interface Fault {
        void answer(HttpExchange exchange, RightAnswer right) throws IOException;
    }

    /** The answer that the route would give. */
    interface RightAnswer {
        void give() throws IOException;
    }

    /** A request that came. */
    record Seen(Route route, String path, Headers headers, JsonNode body) {}

    static final String STATEMENT = "01ef-0000-fake";
    static final String WAREHOUSE = "0123456789abcdef";

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<Route, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<Route, Fault> lasting = new ConcurrentHashMap<>();
    final List<byte[]> chunks = new ArrayList<>();
    final List<Long> chunkRows = new ArrayList<>();
    /** States before the last one, each given once; the last one is {@link #end}. */
    final Deque<String> states = new ArrayDeque<>();

    volatile String end = "SUCCEEDED";
    volatile ObjectNode error = JSON.createObjectNode();
    volatile String sqlState = "";
    volatile boolean inline;
    volatile boolean truncated;
    /** Where links lead, empty for here. */
    volatile String storage = "";

    /** Whether manifest and links say where each chunk begins, as the service does. */
    volatile boolean tellsOffsets;

    volatile boolean knownToHistory;
    volatile long totalRows = -1;
    volatile long totalBytes;
    volatile Instant linkExpiry = Instant.now().plusSeconds(900);
    volatile boolean cancelled;

    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger signature = new AtomicInteger();
    private volatile JsonNode submitted = JSON.createObjectNode();

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Queues faults for a route, each for one request. */
    FakeApi fault(Route route, Fault... next) {
        faults.computeIfAbsent(route, any -> new java.util.concurrent.ConcurrentLinkedDeque<>())
                .addAll(List.of(next));
        return this;
    }

    /** Lets every request of a route meet a fault, after those that are queued. */
    FakeApi always(Route route, Fault fault) {
        lasting.put(route, fault);
        return this;
    }

    /** Adds a chunk of rows that follow those before. */
    FakeApi chunk(int rows) {
        long first = chunkRows.stream().mapToLong(Long::longValue).sum();
        byte[] raw = ArrowBytes.stream(first, rows, 1000);
        totalBytes += raw.length;
        return chunk(rows, ArrowBytes.lz4(raw));
    }

    FakeApi chunk(long rows, byte[] bytes) {
        chunks.add(bytes);
        chunkRows.add(rows);
        return this;
    }

    long count(Route route) {
        return seen.stream().filter(request -> request.route() == route).count();
    }

    List<Seen> requests(Route route) {
        return seen.stream().filter(request -> request.route() == route).toList();
    }

    static Fault status(int status, String body, String... headers) {
        return (exchange, right) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            respond(exchange, status, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
    }

    static Fault bytes(byte[] body) {
        return (exchange, right) -> respond(exchange, 200, body);
    }

    /** Answers rightly about one chunk, and otherwise so. */
    static Fault except(int chunk, Fault fault) {
        return (exchange, right) -> {
            if (exchange.getRequestURI().getPath().endsWith("/" + chunk)) {
                right.give();
            } else {
                fault.answer(exchange, right);
            }
        };
    }

    /** Never answers. */
    static final Fault SILENCE = (exchange, right) -> {};

    /** Drops the connection without a word. */
    static final Fault DROP = (exchange, right) -> exchange.close();

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Route route = route(exchange.getRequestMethod(), path);
        JsonNode json = body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
        seen.add(new Seen(route, exchange.getRequestURI().toString(), exchange.getRequestHeaders(), json));
        RightAnswer right = () -> respond(exchange, route, path, json);
        Deque<Fault> queue = faults.get(route);
        Fault queued = queue == null ? null : queue.poll();
        Fault fault = queued == null ? lasting.get(route) : queued;
        if (fault != null) {
            fault.answer(exchange, right);
        } else {
            right.give();
        }
    }

    private static Route route(String method, String path) {
        if (path.startsWith("/storage/")) {
            return Route.DOWNLOAD;
        }
        if (path.endsWith("/cancel")) {
            return Route.CANCEL;
        }
        if (path.contains("/result/chunks/")) {
            return Route.LINKS;
        }
        if (path.endsWith("/history/queries")) {
            return Route.HISTORY;
        }
        return method.equals("POST") ? Route.SUBMIT : method.equals("DELETE") ? Route.CLOSE : Route.POLL;
    }

    private void respond(HttpExchange exchange, Route route, String path, JsonNode body) throws IOException {
        int last = route == Route.LINKS || route == Route.DOWNLOAD
                ? Integer.parseInt(path.substring(path.lastIndexOf('/') + 1))
                : 0;
        switch (route) {
            case SUBMIT -> {
                accept(body);
                json(exchange, statement());
            }
            case POLL -> json(exchange, statement());
            case CANCEL -> {
                cancelled = true;
                json(exchange, JSON.createObjectNode());
            }
            case CLOSE -> json(exchange, JSON.createObjectNode());
            case LINKS -> json(exchange, result(last));
            case DOWNLOAD -> respond(exchange, 200, chunks.get(last));
            case HISTORY -> json(exchange, history());
            default -> throw new IllegalStateException(route.name());
        }
    }

    /** Remembers a statement as submitted, without answering. */
    void accept(JsonNode body) {
        submitted = body;
    }

    private ObjectNode statement() {
        String state;
        synchronized (states) {
            state = cancelled ? "CANCELED" : states.isEmpty() ? end : states.poll();
        }
        ObjectNode answer = JSON.createObjectNode().put("statement_id", STATEMENT);
        ObjectNode status = answer.putObject("status").put("state", state);
        if (state.equals("FAILED")) {
            status.set("error", error);
            status.put("sql_state", sqlState);
        }
        if (state.equals("SUCCEEDED") || state.equals("CLOSED")) {
            answer.set("manifest", manifest());
            answer.set("result", chunks.isEmpty() ? JSON.createObjectNode() : result(0));
        }
        return answer;
    }

    private ObjectNode manifest() {
        ObjectNode manifest = JSON.createObjectNode().put("format", "ARROW_STREAM");
        ArrayNode columns = manifest.putObject("schema").putArray("columns");
        columns.addObject().put("name", "id").put("type_text", "BIGINT").put("type_name", "LONG");
        columns.addObject().put("name", "name").put("type_text", "STRING").put("type_name", "STRING");
        long rows = chunkRows.stream().mapToLong(Long::longValue).sum();
        manifest.put("total_chunk_count", chunks.size());
        manifest.put("total_row_count", totalRows < 0 ? rows : totalRows);
        manifest.put("total_byte_count", totalBytes);
        manifest.put("truncated", truncated);
        if (tellsOffsets) {
            ArrayNode shapes = manifest.putArray("chunks");
            for (int i = 0; i < chunks.size(); i++) {
                shapes.add(position(JSON.createObjectNode(), i));
            }
        }
        return manifest.put("result_compression", "LZ4_FRAME");
    }

    private ObjectNode result(int index) {
        if (inline) {
            return position(JSON.createObjectNode(), index).put("attachment", chunks.get(index));
        }
        ObjectNode result = JSON.createObjectNode();
        ObjectNode link = position(result.putArray("external_links").addObject(), index);
        link.put(
                "external_link",
                (storage.isEmpty() ? url() : storage) + "/storage/" + index + "?sig=" + signature.incrementAndGet());
        link.put("expiration", linkExpiry.toString());
        link.putObject("http_headers").put("x-storage-key", "k" + index).put("Authorization", "never forwarded");
        return result;
    }

    private ObjectNode position(ObjectNode node, int index) {
        node.put("chunk_index", index)
                .put("row_count", chunkRows.get(index))
                .put("byte_count", chunks.get(index).length);
        if (tellsOffsets) {
            node.put(
                    "row_offset",
                    chunkRows.subList(0, index).stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        if (index + 1 < chunks.size()) {
            node.put("next_chunk_index", index + 1);
        }
        return node;
    }

    private ObjectNode history() {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode queries = answer.putArray("res");
        queries.addObject().put("query_id", "somebody-elses").putArray("query_tags");
        if (knownToHistory) {
            queries.addObject().put("query_id", STATEMENT).set("query_tags", submitted.path("query_tags"));
        }
        return answer;
    }

    private static void json(HttpExchange exchange, JsonNode body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        respond(exchange, 200, JSON.writeValueAsBytes(body));
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
