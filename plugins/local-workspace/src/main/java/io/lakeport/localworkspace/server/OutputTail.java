package io.lakeport.localworkspace.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads what a process writes, so that it never blocks, and keeps the last lines. Thread-safe. */
final class OutputTail {
    private static final int LINES = 20;
    private static final int END_MILLIS = 2_000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;

    private OutputTail(InputStream stream) {
        this.reader = new Thread(() -> read(stream), "local-workspace-errors");
        reader.setDaemon(true);
    }

    static OutputTail follow(InputStream stream) {
        OutputTail tail = new OutputTail(stream);
        tail.reader.start();
        return tail;
    }

    private void read(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(its output ended: " + e.getMessage() + ")");
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** Waits briefly for the end of the output. */
    void await() {
        try {
            reader.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the last lines as a sentence to append to a message, empty when there are none. */
    synchronized String sentence() {
        return lines.isEmpty() ? "" : " It said: " + String.join("\n", lines);
    }
}
