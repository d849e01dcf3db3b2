package io.lakeport.storage.file;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import java.nio.file.Path;
import java.util.Set;

/** Serves {@code file:///directory/}. It takes no properties and no secrets. */
public final class FileObjectStoreProvider implements ObjectStoreProvider {
    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public FileObjectStoreProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public ObjectStore open(ObjectStoreContext context) {
        if (!context.properties().isEmpty() || !context.secrets().isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "the store '" + context.root() + "' is a directory and takes no properties; remove "
                            + context.properties().keySet() + context.secrets().keySet());
        }
        try {
            return new FileObjectStore(Path.of(context.root()), context.root().toString());
        } catch (IllegalArgumentException e) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION,
                    "the store '" + context.root() + "' names no directory; expected for example file:///data/exports/",
                    e);
        }
    }
}
