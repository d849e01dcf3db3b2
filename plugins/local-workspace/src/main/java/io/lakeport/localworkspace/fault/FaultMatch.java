package io.lakeport.localworkspace.fault;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which requests, statements, sessions, links or Thrift calls a fault meets. What is empty matches everything.
 * Immutable and thread-safe.
 *
 * @param method HTTP method in upper case
 * @param path path without the query: {@code *} stands for one segment, {@code **} for the rest; a trailing slash makes
 *     no difference
 * @param headers regular expressions by header name; each must be found in that header
 * @param userAgent regular expression to find in the User-Agent
 * @param principal application id or user name of who calls
 * @param remoteAddress the client's address in numbers
 * @param statement regular expression, in any case, to find in the statement's text; for requests it also meets polls,
 *     chunks and links of such a statement
 * @param thriftMethod name of a Thrift call, for example {@code FetchResults}
 */
public record FaultMatch(
        Optional<String> method,
        Optional<String> path,
        Map<String, String> headers,
        Optional<String> userAgent,
        Optional<String> principal,
        Optional<String> remoteAddress,
        Optional<String> statement,
        Optional<String> thriftMethod) {
    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException when one is not a regular expression
     */
    public FaultMatch {
        headers = Map.copyOf(headers);
        method = method.map(name -> name.toUpperCase(Locale.ROOT));
        headers.values().forEach(FaultMatch::check);
        userAgent.ifPresent(FaultMatch::check);
        statement.ifPresent(FaultMatch::check);
    }

    private static void check(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Returns a match of everything. */
    public static FaultMatch any() {
        Optional<String> all = Optional.empty();
        return new FaultMatch(all, all, Map.of(), all, all, all, all, all);
    }

    /** Returns a match of requests by method and path. */
    public static FaultMatch request(String method, String path) {
        return any().method(method).path(path);
    }

    /** Returns a match by a regular expression to find in a statement's text. */
    public static FaultMatch statementLike(String regex) {
        return any().statement(regex);
    }

    /** Returns this match for one HTTP method. */
    public FaultMatch method(String name) {
        return new FaultMatch(
                Optional.of(name), path, headers, userAgent, principal, remoteAddress, statement, thriftMethod);
    }

    /** Returns this match for paths of a pattern. */
    public FaultMatch path(String pattern) {
        return new FaultMatch(
                method, Optional.of(pattern), headers, userAgent, principal, remoteAddress, statement, thriftMethod);
    }

    /** Returns this match for requests with such a header. */
    public FaultMatch header(String name, String regex) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, regex);
        return new FaultMatch(method, path, more, userAgent, principal, remoteAddress, statement, thriftMethod);
    }

    /** Returns this match for clients with such a User-Agent. */
    public FaultMatch userAgent(String regex) {
        return new FaultMatch(
                method, path, headers, Optional.of(regex), principal, remoteAddress, statement, thriftMethod);
    }

    /** Returns this match for one principal. */
    public FaultMatch principal(String name) {
        return new FaultMatch(
                method, path, headers, userAgent, Optional.of(name), remoteAddress, statement, thriftMethod);
    }

    /** Returns this match for one client address. */
    public FaultMatch remoteAddress(String address) {
        return new FaultMatch(
                method, path, headers, userAgent, principal, Optional.of(address), statement, thriftMethod);
    }

    /** Returns this match for statements with such a text. */
    public FaultMatch statement(String regex) {
        return new FaultMatch(
                method, path, headers, userAgent, principal, remoteAddress, Optional.of(regex), thriftMethod);
    }

    /** Returns this match for one Thrift method. */
    public FaultMatch thriftMethod(String name) {
        return new FaultMatch(method, path, headers, userAgent, principal, remoteAddress, statement, Optional.of(name));
    }

    /**
     * Checks that the match asks only for what a scope knows.
     *
     * @throws IllegalArgumentException when it asks for more
     */
    void requireFor(FaultScope scope) {
        boolean request = method.isPresent() || path.isPresent() || !headers.isEmpty() || remoteAddress.isPresent();
        if (request && scope != FaultScope.REQUEST) {
            throw new IllegalArgumentException(
                    "method, path, header and remote_address match requests only, and this fault acts on a " + scope);
        }
        if (thriftMethod.isPresent() && scope != FaultScope.THRIFT) {
            throw new IllegalArgumentException(
                    "thrift_method matches Thrift calls only, and this fault acts on a " + scope);
        }
        if ((statement.isPresent() || userAgent.isPresent()) && scope == FaultScope.SESSION) {
            throw new IllegalArgumentException("a session has neither statement nor user_agent to match");
        }
    }

    boolean matches(FaultTarget target) {
        return method.stream().allMatch(name -> name.equals(target.method()))
                && path.stream()
                        .allMatch(pattern ->
                                glob(pattern).matcher(trim(target.path())).matches())
                && remoteAddress.stream().allMatch(address -> address.equals(target.remoteAddress()))
                && thriftMethod.stream().allMatch(name -> name.equals(target.thriftMethod()))
                && headers.entrySet().stream()
                        .allMatch(header -> found(header.getValue(), target.header(header.getKey())))
                && userAgent.stream().allMatch(regex -> found(regex, target.userAgent()))
                && statement.stream().allMatch(regex -> found(regex, target.statement()))
                && principal.stream().allMatch(name -> target.isPrincipal(name));
    }

    private static boolean found(String regex, String text) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(text)
                .find();
    }

    private static String trim(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Pattern glob(String pattern) {
        String text = trim(pattern);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append(text.charAt(i) == '*' ? "[^/]*" : Pattern.quote(text.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
