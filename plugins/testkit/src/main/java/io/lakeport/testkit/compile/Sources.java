package io.lakeport.testkit.compile;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Java sources as text, compiled into a directory while a test runs. So what is meant to be broken lies beside the test
 * that expects it, and never in the build. Needs a JDK. Not thread-safe.
 */
public final class Sources {
    private final List<JavaFileObject> units = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** Begins without sources, on the class path of this JVM. */
    public Sources() {}

    /** Adds one top-level type; {@code name} is its full name, {@code text} the whole source with its package. */
    public Sources add(String name, String text) {
        units.add(new Text(name, Objects.requireNonNull(text, "text")));
        return this;
    }

    /** Compiles against these jars and directories, joined as for {@code -cp}, instead of this JVM's class path. */
    public Sources against(String path) {
        this.classPath = path;
        return this;
    }

    /**
     * Compiles for release 17 and returns the directory that holds the classes, as an entry of a class path.
     *
     * @throws IllegalArgumentException with the compiler's messages when a source does not compile
     * @throws IllegalStateException when this JVM brings no compiler
     */
    public Path compileInto(Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this JVM has no compiler; run the test on a JDK");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Files.createDirectories(directory);
            List<String> options =
                    List.of("--release", "17", "-proc:none", "-cp", classPath, "-d", directory.toString());
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalArgumentException("the sources do not compile:\n" + messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write classes to " + directory, e);
        }
        return directory;
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
