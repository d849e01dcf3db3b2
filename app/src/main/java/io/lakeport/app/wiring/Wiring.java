package io.lakeport.app.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started process. {@link #close()} ends everything in reverse order. */
public final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final Closer closer;
    private final Tenants tenants;

    private Wiring(Closer closer, Tenants tenants) {
        this.closer = closer;
        this.tenants = tenants;
    }

    /**
     * Starts a process. It makes no network call.
     *
     * @throws LakeportException as the failing part threw it; what had started is closed
     */
    public static Wiring start(LakeportConfig config, List<Path> pluginDirectories, Clock clock) {
        return start(config, pluginDirectories, clock, HostParts.NONE);
    }

    /** Does the same with what the host gives in code. */
    public static Wiring start(LakeportConfig config, List<Path> pluginDirectories, Clock clock, HostParts host) {
        new PrincipalUse(config.tenancy())
                .require(List.copyOf(config.tenants().values()))
                .forEach(LOG::warn);
        Closer closer = new Closer();
        try {
            Injector injector = Guice.createInjector(
                    Stage.PRODUCTION, new LakeportModule(config, pluginDirectories, clock, closer, host));
            return new Wiring(closer, injector.getInstance(Tenants.class));
        } catch (CreationException e) {
            throw closedAfter(closer, cause(e, e.getErrorMessages()));
        } catch (ProvisionException e) {
            throw closedAfter(closer, cause(e, e.getErrorMessages()));
        }
    }

    private static LakeportException cause(RuntimeException failure, Collection<Message> messages) {
        for (Message message : messages) {
            if (message.getCause() instanceof LakeportException known) {
                return known;
            }
        }
        return new LakeportException(CoreError.INTERNAL, "Lakeport could not be started", failure);
    }

    private static LakeportException closedAfter(Closer closer, LakeportException failure) {
        closer.closeAfter(failure);
        return failure;
    }

    /** Returns the tenants. */
    public Tenants tenants() {
        return tenants;
    }

    @Override
    public void close() {
        closer.close();
    }
}
