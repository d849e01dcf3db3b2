package io.lakeport.localworkspace.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Keeps DuckDB's native library unpacked between starts. Its driver otherwise inflates 70 MB into the temporary
 * directory whenever a workspace starts, which is a quarter of the whole start. A driver jar without libraries loads
 * the one that lies beside it: DuckDB's own way for builds without libraries.
 */
final class NativeCache {
    private static final String LIBRARY = "libduckdb_java.so_";

    private final Path directory;

    NativeCache(Path directory) {
        this.directory = directory;
    }

    /** Returns the cache in the home directory of the user, where nobody else may write. */
    static NativeCache ofUser() {
        return new NativeCache(Path.of(System.getProperty("user.home", "."), ".cache", "lakeport"));
    }

    /**
     * Returns a driver jar that loads its library from beside it.
     *
     * @param driver DuckDB's jar
     * @return the jar in the cache; {@code driver} itself when there can be no cache, or no library for this machine
     */
    Path unpacked(Path driver) {
        try {
            String library = LIBRARY + os() + "_" + arch();
            // A jar that was replaced by another of the same version has another size or another time.
            Path home = directory.resolve("duckdb-" + Files.size(driver) + "-"
                    + Files.getLastModifiedTime(driver).toMillis());
            Path slim = home.resolve("duckdb_jdbc.jar");
            if (!Files.exists(slim)) {
                fill(home, slim.getFileName().toString(), library, driver);
            }
            return Files.exists(home.resolve(library)) ? slim : driver;
        } catch (IOException | SecurityException e) {
            // No cache is slower and nothing else.
            return driver;
        }
    }

    /** Fills a directory aside and moves it into place, so that a process killed on the way leaves no half cache. */
    private void fill(Path home, String slim, String library, Path driver) throws IOException {
        Files.createDirectories(directory);
        Path aside = Files.createTempDirectory(directory, "filling");
        try {
            try (ZipFile jar = new ZipFile(driver.toFile())) {
                ZipEntry entry = jar.getEntry(library);
                if (entry == null) {
                    throw new IOException(driver + " has no library for this machine");
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, aside.resolve(library));
                }
                copyClasses(jar, aside.resolve(slim));
            }
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster; what it made is as good.
            if (!Files.exists(home)) {
                throw e;
            }
        } finally {
            delete(aside);
        }
    }

    private static void copyClasses(ZipFile jar, Path slim) throws IOException {
        try (OutputStream file = Files.newOutputStream(slim);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().startsWith(LIBRARY)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
    }

    private static void delete(Path aside) throws IOException {
        if (!Files.exists(aside)) {
            return;
        }
        try (Stream<Path> files = Files.list(aside)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(aside);
    }

    private static String os() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : "linux";
    }

    private static String arch() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return Set.of("aarch64", "arm64").contains(name) ? "arm64" : "amd64";
    }
}
