package io.lakeport.app.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where this Lakeport is installed: {@code lib/} with its jars, and {@code plugins/} beside it. */
final class Distribution {
    private Distribution() {}

    /** Returns the plugins that came with Lakeport, where it was installed with some, and then the given ones. */
    static List<Path> pluginDirectories(List<Path> given) {
        List<Path> all = new ArrayList<>();
        home().map(home -> home.resolve("plugins")).filter(Files::isDirectory).ifPresent(all::add);
        all.addAll(given);
        return all;
    }

    private static Optional<Path> home() {
        CodeSource source = Distribution.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            // Not from a directory of classes: an IDE or a test must not pick up what lies beside it by chance.
            return Files.isRegularFile(jar)
                    ? Optional.ofNullable(jar.getParent()).flatMap(lib -> Optional.ofNullable(lib.getParent()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
