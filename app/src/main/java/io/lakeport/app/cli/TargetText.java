package io.lakeport.app.cli;

import java.net.URI;
import java.nio.file.Path;

/** An export target as a person writes it. */
final class TargetText {
    private TargetText() {}

    /** Returns its URI. A text without a scheme is a directory of this machine; a drive letter is no scheme. */
    static URI uri(String text) {
        if (text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            return URI.create(text.endsWith("/") ? text : text + "/");
        }
        String path = Path.of(text).toAbsolutePath().normalize().toUri().toString();
        return URI.create(path.endsWith("/") ? path : path + "/");
    }
}
