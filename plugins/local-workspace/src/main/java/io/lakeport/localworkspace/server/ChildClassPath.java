package io.lakeport.localworkspace.server;

import io.lakeport.core.simulator.SimulatorSettings;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The class path of a workspace process: wherever this plugin and its libraries were loaded from, be it the class path,
 * the module path or a plugin directory with a class loader of its own.
 */
final class ChildClassPath {
    private ChildClassPath() {}

    static String of(Class<?> plugin) {
        Set<String> entries = new LinkedHashSet<>();
        addSource(entries, plugin);
        addSource(entries, SimulatorSettings.class);
        addSource(entries, org.slf4j.LoggerFactory.class);
        for (ClassLoader loader = plugin.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    addUrl(entries, url);
                }
            }
        }
        addPath(entries, System.getProperty("java.class.path", ""), false);
        addPath(entries, System.getProperty("jdk.module.path", ""), true);
        NativeCache cache = NativeCache.ofUser();
        return entries.stream()
                .map(entry ->
                        isDuckDriver(entry) ? cache.unpacked(Path.of(entry)).toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isDuckDriver(String entry) {
        return entry.matches(".*[/\\\\]duckdb_jdbc-[^/\\\\]+\\.jar");
    }

    private static void addSource(Set<String> entries, Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            addUrl(entries, source.getLocation());
        }
    }

    private static void addUrl(Set<String> entries, URL url) {
        try {
            if (url.getProtocol().equals("file")) {
                entries.add(Path.of(url.toURI()).toString());
            }
        } catch (URISyntaxException e) {
            // A location that is no file cannot be on a class path; what it holds is then found elsewhere or missing.
            return;
        }
    }

    /** A directory on a module path holds jars; on a class path it holds classes. */
    private static void addPath(Set<String> entries, String path, boolean modules) {
        for (String entry : path.split(File.pathSeparator)) {
            if (entry.isEmpty()) {
                continue;
            }
            Path file = Path.of(entry).toAbsolutePath();
            boolean jars = modules && Files.isDirectory(file) && !Files.exists(file.resolve("module-info.class"));
            entries.add(jars ? file.resolve("*").toString() : file.toString());
        }
    }
}
