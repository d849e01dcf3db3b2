package io.lakeport.app.export.mortal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs the plugin as a third party would ship it. */
public final class MortalPlugin {
    private static final List<String> CLASSES =
            List.of("MortalStores", "MortalStore", "MortalStore$MortalSink", "Death");

    private MortalPlugin() {}

    /** Returns a directory of plugins that holds this one. */
    public static Path packInto(Path directory) throws IOException {
        Path jar = Files.createDirectories(directory.resolve("mortal")).resolve("mortal.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("META-INF/services/io.lakeport.core.store.ObjectStoreProvider"));
            out.write(MortalStores.class.getName().getBytes(StandardCharsets.UTF_8));
            for (String name : CLASSES) {
                String entry = MortalPlugin.class.getPackageName().replace('.', '/') + "/" + name + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = MortalPlugin.class.getClassLoader().getResourceAsStream(entry)) {
                    Objects.requireNonNull(in, entry).transferTo(out);
                }
            }
        }
        return directory;
    }
}
