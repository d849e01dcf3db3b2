package io.lakeport.localworkspace.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lakeport.localworkspace.server.RawClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser that follows nothing, and the form posts of an OAuth client, by hand. */
final class Browser {
    static final String VERIFIER = "verifier-verifier-verifier-verifier-verifier";
    static final String REDIRECT = "http://localhost:8020";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    Browser(LocalWorkspace workspace) {
        base = workspace.connection().httpUrl();
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What a client asks the browser to open, for the built-in client of the command line. */
    static Map<String, String> request() {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", "databricks-cli");
        request.put("redirect_uri", REDIRECT);
        request.put("scope", "all-apis offline_access");
        request.put("state", "s t&te");
        request.put("code_challenge", challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        return request;
    }

    HttpResponse<String> open(String url) {
        return send(HttpRequest.newBuilder(base.resolve(url)).build());
    }

    HttpResponse<String> authorize(Map<String, String> request) {
        return open("/oidc/v1/authorize?" + form(request));
    }

    /** Returns the parameters that the browser is sent away with. */
    static Map<String, String> carried(HttpResponse<String> redirect) {
        String location = redirect.headers().firstValue("Location").orElseThrow();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : URI.create(location).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    String code(String user) {
        Map<String, String> request = request();
        request.put("login_hint", user);
        return carried(authorize(request)).get("code");
    }

    Answer token(Map<String, String> fields) {
        return post("/oidc/v1/token", fields);
    }

    Answer post(String path, Map<String, String> fields) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)))
                .build());
        return new Answer(answer.statusCode(), answer.body(), null);
    }

    Answer exchange(String code, String verifier) {
        return token(Map.of(
                "grant_type", "authorization_code",
                "client_id", "databricks-cli",
                "redirect_uri", REDIRECT,
                "code", code,
                "code_verifier", verifier));
    }

    Answer refresh(String token) {
        return token(Map.of("grant_type", "refresh_token", "client_id", "databricks-cli", "refresh_token", token));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode claims(String jwt) {
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
