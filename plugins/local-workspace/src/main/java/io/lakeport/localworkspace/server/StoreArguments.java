package io.lakeport.localworkspace.server;

import io.lakeport.core.secret.Secret;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.Mount;
import io.lakeport.localworkspace.file.StoreEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments about object stores. Keys never stand on the command line: it names the file that holds them.
 */
final class StoreArguments {
    static final String USAGE = "[--mount URL=DIRECTORY]... [--s3-endpoint URL --s3-account ID|file:PATH"
            + " --s3-key file:PATH] [--azure-endpoint URL --azure-account NAME --azure-key file:PATH]";

    /** Names of the options. */
    static final List<String> KNOWN =
            List.of("mount", "s3-endpoint", "s3-account", "s3-key", "azure-endpoint", "azure-account", "azure-key");

    private final List<Mount> mounts = new ArrayList<>();
    private final Map<String, String> given = new HashMap<>();

    /** Returns what stands behind the URLs of object stores, as options by name say. */
    static ExternalStores of(Map<String, String> options) {
        StoreArguments arguments = new StoreArguments();
        for (String name : KNOWN) {
            String values = options.get(name);
            if (values != null) {
                values.lines().forEach(value -> arguments.take("--" + name, value));
            }
        }
        return arguments.stores();
    }

    private void take(String flag, String value) {
        switch (flag) {
            case "--mount" -> mounts.add(Mount.parse(value));
            default -> given.put(flag, value);
        }
    }

    private ExternalStores stores() {
        return new ExternalStores(mounts, endpoint("--s3"), endpoint("--azure"));
    }

    private Optional<StoreEndpoint> endpoint(String prefix) {
        String url = given.get(prefix + "-endpoint");
        String account = given.get(prefix + "-account");
        String key = given.get(prefix + "-key");
        if (url == null && account == null && key == null) {
            return Optional.empty();
        }
        if (url == null || account == null || key == null) {
            throw new IllegalArgumentException(
                    prefix + "-endpoint, " + prefix + "-account and " + prefix + "-key belong together");
        }
        if (!key.startsWith("file:")) {
            throw new IllegalArgumentException(
                    prefix + "-key names the file that holds the key, file:PATH, and is not the key itself");
        }
        return Optional.of(new StoreEndpoint(URI.create(url), read(account), Secret.of(read(key))));
    }

    private static String read(String text) {
        if (!text.startsWith("file:")) {
            return text;
        }
        Path file = Path.of(text.substring(5));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }
}
