package io.lakeport.app.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles plugins, good ones and broken ones, into a plugin directory. */
final class PluginGallery {
    private final Path directory;

    PluginGallery(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Begins a plugin in a sub-directory of that name. */
    Plugin plugin(String name) {
        return new Plugin(directory.resolve(name));
    }

    static String warehouse(String className, String scheme) {
        return """
                package gallery;
                import io.lakeport.core.query.*;
                public final class %s implements WarehouseProvider {
                    public String scheme() { return "%s"; }
                    public Warehouse open(WarehouseContext context) { throw new IllegalStateException("not opened"); }
                }
                """.formatted(className, scheme);
    }

    /** One plugin being built. */
    static final class Plugin {
        private final Path folder;
        private final Map<String, String> sources = new LinkedHashMap<>();
        private final Map<String, String> services = new LinkedHashMap<>();
        private final List<String> left = new ArrayList<>();
        private Path classPath = Path.of("");
        private int release = 17;

        private Plugin(Path folder) {
            this.folder = folder;
        }

        Plugin source(String className, String code) {
            sources.put(className, code);
            return this;
        }

        Plugin service(String type, String text) {
            services.put(type, text);
            return this;
        }

        Plugin warehouse(String className, String scheme) {
            return source(className, PluginGallery.warehouse(className, scheme))
                    .service("io.lakeport.core.query.WarehouseProvider", "gallery." + className + "\n");
        }

        /** Compiles the class and leaves it out of the jar. */
        Plugin leaveOut(String className) {
            left.add(className);
            return this;
        }

        Plugin compileAgainst(Path classes) {
            this.classPath = classes;
            return this;
        }

        Plugin release(int java) {
            this.release = java;
            return this;
        }

        /** Compiles to a directory of classes, for others to compile against. */
        Path classes() throws IOException {
            Path out = Files.createTempDirectory(folder.getParent().getParent(), "classes");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter messages = new StringWriter();
            List<String> options = List.of(
                    "-d",
                    out.toString(),
                    "--release",
                    Integer.toString(release),
                    "-proc:none",
                    "-cp",
                    classPath + java.io.File.pathSeparator + System.getProperty("java.class.path"));
            List<Source> units = sources.entrySet().stream()
                    .map(entry -> new Source(entry.getKey(), entry.getValue()))
                    .toList();
            if (!compiler.getTask(messages, null, null, options, null, units).call()) {
                throw new IllegalStateException(messages.toString());
            }
            return out;
        }

        Path build() throws IOException {
            Files.createDirectories(folder);
            Path jar = folder.resolve("plugin.jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                if (!sources.isEmpty()) {
                    addClasses(zip, classes());
                }
                for (Map.Entry<String, String> service : services.entrySet()) {
                    zip.putNextEntry(new ZipEntry("META-INF/services/" + service.getKey()));
                    zip.write(service.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return jar;
        }

        private void addClasses(ZipOutputStream zip, Path classes) throws IOException {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(classes)) {
                files = walk.filter(Files::isRegularFile).toList();
            }
            for (Path file : files) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                boolean wanted = name.startsWith("gallery/")
                        && left.stream().noneMatch(out -> name.equals("gallery/" + out + ".class"));
                if (wanted) {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(Files.readAllBytes(file));
                }
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String className, String code) {
            super(
                    URI.create(
                            "string:///" + (code.contains("package io.") ? "core/" : "gallery/") + className + ".java"),
                    Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignore) {
            return code;
        }
    }
}
