package io.lakeport.storage.volume;

import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.core.store.ObjectStoreProvider;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.part.TransferLimits;
import io.lakeport.storage.rest.WorkspaceRest;
import java.util.Set;

/**
 * Makes stores for {@code volume:/Volumes/catalog/schema/volume/folder/}, in the tenant's workspace and with its token.
 * Properties: {@code upload_memory} and {@code spill_directory}, as of {@link TransferLimits}. It takes no secrets.
 */
public final class VolumeObjectStoreProvider implements ObjectStoreProvider {
    private static final Set<String> PROPERTIES = Set.of("upload_memory", "spill_directory");

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public VolumeObjectStoreProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("volume");
    }

    @Override
    public ObjectStore open(ObjectStoreContext context) {
        String owner = "store '" + context.root() + "'";
        Options options = Options.of(owner, context.properties(), PROPERTIES);
        Options.requireKnown(owner, "secret", context.secrets().keySet(), Set.of());
        VolumePlace place = VolumePlace.of(context.root());
        return new VolumeObjectStore(
                new VolumeClient(place, WorkspaceRest.of(context, "volumes")), TransferLimits.of(options, 1));
    }
}
