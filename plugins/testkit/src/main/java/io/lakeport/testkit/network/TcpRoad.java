package io.lakeport.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A road to a server of this machine that speaks whatever protocol, on which what a client sends meets with accidents.
 * {@link FaultyRoad} is the one for HTTP. Thread-safe.
 */
public final class TcpRoad implements AutoCloseable {
    /** What happens to the bytes in which the text was found, and to their connection. */
    public enum Accident {
        /** The server gets them, and the client is cut off from the answer. */
        LOSE_THE_ANSWER,
        /** Both are cut off before the server gets them. */
        CUT_BEFORE,
        /** The client is cut off; the server gets nothing, and does not learn that nobody is there. */
        LEAVE_THE_SERVER_WAITING,
        /** The client is cut off; the server gets them half a second later. */
        DELIVER_LATE,
        /** As {@link #LOSE_THE_ANSWER}, and the road is closed to every other connection until {@link #repair()}. */
        LOSE_THE_ANSWER_AND_CLOSE
    }

    private record Plan(String text, Accident accident) {}

    private final int server;
    private final ServerSocket entry;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<@Nullable Plan> plan = new AtomicReference<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean blocked;

    /** Opens a road to a port of this machine. */
    public TcpRoad(int server) throws IOException {
        this.server = server;
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the port to use in the server's stead. */
    public int port() {
        return entry.getLocalPort();
    }

    /** Plans an accident for the next bytes of a client in which an ASCII text stands. */
    public void next(String text, Accident accident) {
        plan.set(new Plan(text, accident));
    }

    /** Returns whether the planned accident is still to come. */
    public boolean isPlanned() {
        return plan.get() != null;
    }

    /** Cuts every connection, and lets no new one through until {@link #repair()}. */
    public void cut() {
        blocked = true;
        sockets.forEach(TcpRoad::reset);
    }

    /** Lets connections through again. */
    public void repair() {
        blocked = false;
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
        sockets.add(client);
        if (blocked) {
            reset(client);
            return;
        }
        try {
            Socket real = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(real);
            threads.execute(() -> copy(real, client));
            watch(client, real);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void watch(Socket client, Socket real) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = real.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Plan planned = plan.get();
                boolean hit = planned != null
                        && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(planned.text())
                        && plan.compareAndSet(planned, null);
                if (hit && planned != null) {
                    happen(planned.accident(), client, real, buffer, n);
                    return;
                }
                out.write(buffer, 0, n);
            }
            reset(real);
        } catch (IOException e) {
            reset(client);
            reset(real);
        }
    }

    private void happen(Accident accident, Socket client, Socket real, byte[] bytes, int n) throws IOException {
        switch (accident) {
            case LOSE_THE_ANSWER, LOSE_THE_ANSWER_AND_CLOSE -> {
                blocked = accident == Accident.LOSE_THE_ANSWER_AND_CLOSE;
                reset(client);
                real.getOutputStream().write(bytes, 0, n);
                // It must have been received before the connection breaks, else the server may not carry it out.
                pause();
                reset(real);
            }
            case CUT_BEFORE -> {
                reset(client);
                reset(real);
            }
            case LEAVE_THE_SERVER_WAITING -> reset(client);
            case DELIVER_LATE -> {
                reset(client);
                pause();
                real.getOutputStream().write(bytes, 0, n);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            to.close();
        } catch (IOException e) {
            // The client is gone; whether the server is to know is decided where it was cut off.
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already, which is what is wanted.
            return;
        }
    }

    /** Cuts everything, and waits for what was on the way. */
    @Override
    public void close() throws IOException {
        entry.close();
        cut();
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
