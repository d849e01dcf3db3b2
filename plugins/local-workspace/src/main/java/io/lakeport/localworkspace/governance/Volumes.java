package io.lakeport.localworkspace.governance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The volumes of a metastore. Knows where their files are, not the files. Checks neither privileges nor whether the
 * schema exists. Thread-safe; survives a restart as the workspace's state does.
 */
public final class Volumes {
    private static final String TYPE = "volume_type";
    private static final String LOCATION = "storage_location";

    private final Securables securables;
    private final Grants grants;
    private final String managedRoot;

    Volumes(Securables securables, Grants grants, String managedRoot) {
        this.securables = securables;
        this.grants = grants;
        this.managedRoot = managedRoot;
    }

    /**
     * Creates a managed volume.
     *
     * @param by who creates it, and owns it then
     * @return the volume, or empty when there is one of that name already, which stays as it is
     */
    public Optional<Volume> createManaged(List<String> name, String by) {
        String location = managedRoot + "/volumes/" + UUID.randomUUID();
        return create(name, by, "MANAGED", location);
    }

    /**
     * Creates an external volume.
     *
     * @param storageLocation URL of its files; a slash at the end does not count
     * @return the volume, or empty when there is one of that name already, which stays as it is
     */
    public Optional<Volume> createExternal(List<String> name, String by, String storageLocation) {
        return create(name, by, "EXTERNAL", storageLocation.replaceAll("/+$", ""));
    }

    private synchronized Optional<Volume> create(List<String> name, String by, String type, String location) {
        Securable securable = new Securable(SecurableType.VOLUME, name);
        if (securables.find(securable).isPresent()) {
            return Optional.empty();
        }
        Map<String, String> details = new TreeMap<>(Map.of(TYPE, type, LOCATION, location));
        return Optional.of(volume(securables.create(securable, by, details)));
    }

    /** Returns a volume by its three levels, in any case. */
    public Optional<Volume> find(List<String> name) {
        return securables.find(new Securable(SecurableType.VOLUME, name)).map(Volumes::volume);
    }

    /** Returns a schema's volumes in order of their names. */
    public List<Volume> list(String catalog, String schema) {
        Securable in = Securable.schema(catalog, schema);
        return securables.all(SecurableType.VOLUME).stream()
                .filter(i -> in.contains(i.securable()))
                .map(Volumes::volume)
                .toList();
    }

    /** Forgets a volume and what was granted on it; returns it, so that its files can be deleted. */
    public Optional<Volume> drop(List<String> name) {
        Optional<Volume> volume = find(name);
        volume.ifPresent(v -> {
            grants.removeAll(v.securable());
            securables.remove(v.securable());
        });
        return volume;
    }

    private static Volume volume(SecurableInfo info) {
        return new Volume(
                info.securable().name(),
                info.id(),
                "EXTERNAL".equals(info.detail(TYPE)),
                String.valueOf(info.detail(LOCATION)),
                info.owner(),
                info.comment());
    }
}
