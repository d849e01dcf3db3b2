package io.lakeport.app.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The jars of one plugin: opened once to see whether they can be read and what they declare, before a class loader
 * looks at them.
 */
final class PluginFolder {
    private static final String SERVICES = "META-INF/services/";
    private static final String OURS = SERVICES + "io.lakeport.";

    private final Path folder;
    private final List<Path> jars = new ArrayList<>();
    private final Map<String, Set<String>> declared = new LinkedHashMap<>();
    private final List<PluginReport.Entry> problems = new ArrayList<>();

    private PluginFolder(Path folder) {
        this.folder = folder;
    }

    /** Reads a folder; what cannot be read becomes a problem and not an exception. */
    static PluginFolder read(Path folder) {
        PluginFolder plugin = new PluginFolder(folder);
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            plugin.problem("", "the directory cannot be read: " + e.getMessage());
            return plugin;
        }
        files.forEach(plugin::inspect);
        if (plugin.declared.isEmpty() && plugin.problems.isEmpty()) {
            plugin.problem(
                    "",
                    files.isEmpty()
                            ? "there is no jar in it; put the plugin's jar and those it needs directly into " + folder
                            : "no jar declares a provider; a plugin names its classes in " + OURS
                                    + "core.….<interface>");
        }
        return plugin;
    }

    private void inspect(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry :
                    jar.stream().filter(e -> isService(e) && !isOwn(jar, e)).toList()) {
                String service = entry.getName().substring(SERVICES.length());
                try (InputStream text = jar.getInputStream(entry)) {
                    declare(file, service, new String(text.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            jars.add(file);
        } catch (IOException e) {
            problem(
                    file.getFileName().toString(),
                    "the jar cannot be read (" + e.getMessage() + "); it is damaged or was not copied whole: copy it"
                            + " again");
        }
    }

    private static boolean isService(JarEntry entry) {
        return !entry.isDirectory() && entry.getName().startsWith(OURS);
    }

    /** A service whose interface the jar brings itself is for its own use and none of the host's. */
    private static boolean isOwn(JarFile jar, JarEntry entry) {
        return jar.getEntry(entry.getName().substring(SERVICES.length()).replace('.', '/') + ".class") != null;
    }

    private void declare(Path file, String service, String text) {
        if (ProviderKind.ALL.stream().noneMatch(kind -> kind.type().getName().equals(service))) {
            problem(
                    file.getFileName().toString(),
                    SERVICES + service + " names a service that this Lakeport does not know; it was built for another"
                            + " version, or the file's name is misspelt");
            return;
        }
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(line -> declared.computeIfAbsent(service, key -> new LinkedHashSet<>())
                        .add(line));
    }

    private void problem(String what, String sentence) {
        problems.add(
                new PluginReport.Entry(name(), "", "", what, PluginReport.Status.QUARANTINED, Optional.of(sentence)));
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    List<Path> jars() {
        return jars;
    }

    /** Returns the class names declared for a service. */
    Set<String> declared(Class<?> service) {
        return declared.getOrDefault(service.getName(), Set.of());
    }

    List<PluginReport.Entry> problems() {
        return problems;
    }
}
