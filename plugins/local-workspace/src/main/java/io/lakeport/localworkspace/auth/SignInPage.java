package io.lakeport.localworkspace.auth;

import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.http.Exchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page on which a person chooses who signs in. */
final class SignInPage {
    private static final List<String> CARRIED = List.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");

    private SignInPage() {}

    static String render(Exchange exchange, List<DirectoryEntry> users) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<title>Local workspace</title><style>body{font:16px sans-serif;margin:3em}</style>"
                + "<h1>Who signs in?</h1>");
        if (users.isEmpty()) {
            html.append("<p>The workspace has no active user. Create one with the SCIM Users API.</p>");
        }
        StringBuilder carried = new StringBuilder();
        for (String name : CARRIED) {
            exchange.query(name)
                    .ifPresent(value -> carried.append('&')
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        for (DirectoryEntry user : users) {
            String hint = URLEncoder.encode(user.name(), StandardCharsets.UTF_8);
            html.append("<p><a href=\"?login_hint=")
                    .append(escape(hint + carried))
                    .append("\">")
                    .append(escape(user.name()))
                    .append("</a></p>");
        }
        return html.append("</html>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
