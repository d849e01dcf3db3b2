package io.lakeport.warehouse.http;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;

/**
 * Ends an HTTP client. Before JDK 21 a client cannot be ended: its one thread, a daemon, goes when the client is
 * collected.
 */
final class ClientShutdown {
    private ClientShutdown() {}

    static void now(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            // JDK 17 to 20: nothing to call.
            return;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the HTTP client refused to end", e);
        }
    }
}
