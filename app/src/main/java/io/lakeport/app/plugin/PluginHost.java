package io.lakeport.app.plugin;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds providers. Those of the host come first; a plugin's provider then takes the place of the host's of the same
 * name, and of two plugins that bring one name the first by directory keeps it. What is broken is left out, provider by
 * provider, and reported.
 */
public final class PluginHost {
    private final ProviderTable table = new ProviderTable();
    private final List<URLClassLoader> loaders = new ArrayList<>();

    private PluginHost() {}

    /**
     * Finds the providers of the host and of plugin directories.
     *
     * @param directories each holds one sub-directory for each plugin, and that its jars
     * @throws LakeportException INVALID_REQUEST when a directory does not exist; a broken plugin is no error
     */
    public static Providers find(List<Path> directories) {
        PluginHost host = new PluginHost();
        ProviderKind.ALL.forEach(host::fromHost);
        for (Path directory : directories) {
            pluginsIn(directory).forEach(host::fromPlugin);
        }
        return host.table.toProviders(host.loaders);
    }

    private static List<Path> pluginsIn(Path directory) {
        try (Stream<Path> list = Files.list(directory)) {
            return list.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "the plugin directory " + directory + " "
                            + (Files.exists(directory) ? "cannot be read" : "does not exist")
                            + "; it must hold one sub-directory for each plugin",
                    e);
        }
    }

    private <P> void fromHost(ProviderKind<P> kind) {
        HostProviders.each(kind, provider -> table.add("host", kind, provider), table::quarantine);
    }

    private void fromPlugin(Path folder) {
        PluginFolder plugin = PluginFolder.read(folder);
        plugin.problems().forEach(table::quarantine);
        if (plugin.jars().isEmpty()) {
            return;
        }
        PluginClassLoader loader =
                new PluginClassLoader(plugin.name(), urls(plugin.jars()), PluginHost.class.getClassLoader());
        loaders.add(loader);
        ProviderKind.ALL.forEach(kind -> construct(plugin, kind, loader));
    }

    private static List<URL> urls(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("a file always has a URL: " + jar, e);
            }
        }
        return urls;
    }

    private <P> void construct(PluginFolder plugin, ProviderKind<P> kind, ClassLoader loader) {
        for (String className : plugin.declared(kind.type())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                table.add(plugin.name(), kind, newProvider(kind, className, loader));
            } catch (WrongDeclaration e) {
                table.quarantine(plugin.name(), kind, className, String.valueOf(e.getMessage()));
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                table.quarantine(plugin.name(), kind, className, Diagnosis.of(e));
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private static <P> P newProvider(ProviderKind<P> kind, String className, ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> type;
        try {
            type = Class.forName(className, false, loader);
        } catch (ClassNotFoundException e) {
            throw new WrongDeclaration("META-INF/services/" + kind.type().getName() + " names '" + className
                    + "', and no jar of the plugin holds that class; correct the name or add the jar");
        }
        if (!kind.type().isAssignableFrom(type)) {
            throw new WrongDeclaration(
                    "the class does not implement " + kind.type().getName() + ", under which it is declared");
        }
        Constructor<?> constructor;
        try {
            constructor = type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new WrongDeclaration("the class has no public constructor without parameters; add one");
        }
        return kind.type().cast(constructor.newInstance());
    }

    /** A services entry that could not work with any version of anything. */
    private static final class WrongDeclaration extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongDeclaration(String message) {
            super(message);
        }
    }
}
