package io.lakeport.app.export.mortal;

import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A plugin that takes the place of the host's stores and lets the process die at a change of a target: it is halted, as
 * {@code kill -9} would, just before the change or just after it.
 */
public final class MortalStores implements ObjectStoreProvider {
    private final Death death = new Death();

    /** Creates the provider; called by the host. */
    public MortalStores() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file", "s3");
    }

    @Override
    public ObjectStore open(ObjectStoreContext context) {
        String scheme = context.root().getScheme();
        return ServiceLoader.load(ObjectStoreProvider.class, ClassLoader.getSystemClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.schemes().contains(scheme))
                .findFirst()
                .map(provider -> (ObjectStore) new MortalStore(provider.open(context), death))
                .orElseThrow();
    }
}
