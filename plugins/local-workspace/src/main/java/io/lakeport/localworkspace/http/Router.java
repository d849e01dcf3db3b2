package io.lakeport.localworkspace.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the handler of a request by method and path. A pattern's segment in braces matches one segment, a last segment
 * of {@code **} the rest; a trailing slash makes no difference, since the official clients disagree about it.
 *
 * <p>Filled before the first request, read-only from then on.
 */
public final class Router {
    /** The service leaves it out when it names a path. */
    private static final String VERSION = "^/api/\\d\\.\\d";

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; the first that matches answers. */
    public Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, segments(pattern), handler, false));
        return this;
    }

    /** Adds a route whose handler reads the body as a stream, so that it may be larger than memory. */
    public Router addStreaming(String method, String pattern, Handler handler) {
        routes.add(new Route(method, segments(pattern), handler, true));
        return this;
    }

    /** Returns whether the handler of a request reads its body as a stream. */
    boolean isStreaming(Exchange exchange) {
        String[] path = segments(exchange.path());
        return routes.stream()
                .filter(r -> r.match(exchange.method(), path).isPresent())
                .findFirst()
                .filter(Route::streaming)
                .isPresent();
    }

    /**
     * Lets the matching route answer.
     *
     * @throws ApiException ENDPOINT_NOT_FOUND when no route matches
     */
    public void route(Exchange exchange) throws IOException {
        String[] path = segments(exchange.path());
        for (Route route : routes) {
            Optional<PathValues> values = route.match(exchange.method(), path);
            if (values.isPresent()) {
                route.handler.handle(exchange, values.get());
                return;
            }
        }
        throw new ApiException(
                404,
                "ENDPOINT_NOT_FOUND",
                "No API found for '" + exchange.method() + " " + exchange.path().replaceFirst(VERSION, "") + "'");
    }

    private static String[] segments(String path) {
        String trimmed = path.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+");
    }

    private record Route(String method, String[] pattern, Handler handler, boolean streaming) {
        Optional<PathValues> match(String actualMethod, String[] path) {
            boolean open = pattern.length > 0 && pattern[pattern.length - 1].equals("**");
            int fixed = open ? pattern.length - 1 : pattern.length;
            if (!method.equals(actualMethod) || (open ? path.length < fixed : path.length != fixed)) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < fixed; i++) {
                if (pattern[i].startsWith("{")) {
                    values.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
                } else if (!pattern[i].equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new PathValues(values));
        }
    }
}
