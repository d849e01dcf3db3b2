package io.lakeport.app.plugin;

import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;

/** Reads the providers of the host's own class path or module path, one by one. */
final class HostProviders {
    /** A services file that cannot be read fails again and again; nobody has this many. */
    private static final int MOST_FAILURES = 100;

    private HostProviders() {}

    static <P> void each(ProviderKind<P> kind, Consumer<P> found, Consumer<PluginReport.Entry> broken) {
        Iterator<P> providers = kind.host().get().iterator();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                found.accept(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                broken.accept(new PluginReport.Entry(
                        "host",
                        kind.label(),
                        "",
                        String.valueOf(e.getMessage()),
                        PluginReport.Status.QUARANTINED,
                        Optional.of(Diagnosis.of(e))));
            }
        }
    }
}
