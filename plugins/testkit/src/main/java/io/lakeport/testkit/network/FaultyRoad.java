package io.lakeport.testkit.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A road to a real HTTP server of this machine, on which single requests meet with accidents. A connection carries one
 * request: the first answer closes it, whatever the client asks for. Thread-safe.
 */
public final class FaultyRoad implements AutoCloseable {
    private static final int BLOCK = 64 << 10;
    private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: (\\d+)");

    /** What happens to a request. */
    @FunctionalInterface
    public interface Fault {
        /**
         * Deals with a request; the connection is closed afterwards.
         *
         * @param client where the answer goes
         * @param road the way to the server
         */
        void happen(Socket client, Road road) throws IOException;
    }

    /** The way of one request to the server. */
    public interface Road {
        /** Passes the request on and returns the whole answer, head included; call it once at most. */
        byte[] answer() throws IOException;

        /** Reads the request's body and throws it away, so that the client gets to read an answer. */
        void drain() throws IOException;

        /** Passes the head and so many bytes of the body on, and hangs up on the server; call it in place of the others. */
        void breakOff(int bytes) throws IOException;
    }

    private final ServerSocket entry;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<Accident> plan = new ConcurrentLinkedQueue<>();
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> happened = new ConcurrentSkipListMap<>();

    /** Opens a road to a port of this machine. */
    public FaultyRoad(int server) throws IOException {
        this.server = server;
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the URL to use in the server's stead. */
    public String endpoint() {
        return "http://127.0.0.1:" + entry.getLocalPort();
    }

    /**
     * Plans an accident for the next request whose first line a regular expression is found in, for example
     * {@code ^PUT .*partNumber=2}. Plans are taken in their order, each once.
     */
    public void next(String firstLine, Fault fault) {
        plan(firstLine, firstLine, 0, 1, fault);
    }

    /**
     * Plans an accident.
     *
     * @param name counts it in {@link #happened}
     * @param firstLine a regular expression that is found in the first line of the requests that are meant
     * @param after how many of those pass first; not negative
     * @param times how many of them then meet with it; positive
     */
    public void plan(String name, String firstLine, int after, int times, Fault fault) {
        plan.add(new Accident(name, Pattern.compile(firstLine), after, times, fault));
    }

    /** Takes back what is planned, and forgets the heads. Counts stay. */
    public void clear() {
        plan.clear();
        heads.clear();
    }

    /** Returns how often accidents happened so far, by name. */
    public Map<String, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** Returns the heads of the requests so far, and a line for each that broke. */
    public List<String> heads() {
        synchronized (heads) {
            return List.copyOf(heads);
        }
    }

    /** Answers in the server's stead, which does not see the request; each of {@code headers} ends in CRLF. */
    public static Fault answer(int status, String headers, String body) {
        return (client, road) -> {
            road.drain();
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n" + headers
                                    + "Connection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
        };
    }

    /** Lets the server do it, and resets the connection instead of answering. */
    public static Fault losingTheAnswer() {
        return (client, road) -> {
            road.answer();
            client.setSoLinger(true, 0);
        };
    }

    /** Resets the connection before the server sees anything. */
    public static Fault reset() {
        return (client, road) -> client.setSoLinger(true, 0);
    }

    /** Closes the connection after so many bytes of the answer, head included. */
    public static Fault cutAfter(int bytes) {
        return (client, road) -> {
            byte[] whole = road.answer();
            client.getOutputStream().write(whole, 0, Math.min(bytes, whole.length));
            client.getOutputStream().flush();
        };
    }

    /** Passes a part of the request's body on, and resets both connections. */
    public static Fault cutRequestAfter(int bytes) {
        return (client, road) -> {
            road.breakOff(bytes);
            client.setSoLinger(true, 0);
        };
    }

    /** Gives the first half of the answer, and the second after a pause. */
    public static Fault slowly(Duration pause) {
        return (client, road) -> {
            byte[] whole = road.answer();
            client.getOutputStream().write(whole, 0, whole.length / 2);
            client.getOutputStream().flush();
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the road is closed");
            }
            client.getOutputStream().write(whole, whole.length / 2, whole.length - whole.length / 2);
        };
    }

    private void accept() {
        try {
            while (!entry.isClosed()) {
                Socket client = entry.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            if (!entry.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream(), BLOCK);
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            heads.add(head);
            Fault fault = take(head.lines().findFirst().orElse(""));
            fault.happen(client, new Passing(head, in, client));
            client.getOutputStream().flush();
        } catch (IOException e) {
            // The client or the server hung up, which is what roads like this are for.
            heads.add("broken: " + e);
        }
    }

    private Fault take(String firstLine) {
        for (Accident accident : plan) {
            boolean happens = accident.takes(firstLine);
            if (accident.isOver()) {
                plan.remove(accident);
            }
            if (happens) {
                happened.merge(accident.name(), 1, Integer::sum);
                return accident.fault();
            }
        }
        return (client, road) -> client.getOutputStream().write(road.answer());
    }

    /** The server must close as well, whatever the client asks for: its answer ends where the connection does. */
    private static String closing(String head) {
        return head.replaceAll("(?i)\r\n(expect: 100-continue|connection: [^\r]*)(?=\r\n)", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            if (c == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private final class Passing implements Road {
        private final String head;
        private final InputStream in;
        private final Socket client;

        Passing(String head, InputStream in, Socket client) {
            this.head = head;
            this.in = in;
            this.client = client;
        }

        private byte[] body() throws IOException {
            if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            Matcher length = LENGTH.matcher(head);
            return in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        }

        @Override
        public void drain() throws IOException {
            body();
        }

        @Override
        public void breakOff(int bytes) throws IOException {
            byte[] body = body();
            try (Socket real = new Socket(InetAddress.getLoopbackAddress(), server)) {
                OutputStream out = real.getOutputStream();
                out.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
                out.write(body, 0, Math.min(bytes, body.length));
                out.flush();
                real.setSoLinger(true, 0);
            }
        }

        @Override
        public byte[] answer() throws IOException {
            try (Socket real = new Socket(InetAddress.getLoopbackAddress(), server)) {
                OutputStream out = real.getOutputStream();
                out.write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
                out.write(body());
                out.flush();
                return real.getInputStream().readAllBytes();
            }
        }
    }

    /** Lets nothing more in; what is on the way arrives. */
    @Override
    public void close() throws IOException {
        entry.close();
        threads.shutdown();
    }
}
