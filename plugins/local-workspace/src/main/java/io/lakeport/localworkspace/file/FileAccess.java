package io.lakeport.localworkspace.file;

import io.lakeport.localworkspace.file.FileError.Reason;
import io.lakeport.localworkspace.governance.AccessDenied;
import io.lakeport.localworkspace.governance.Actor;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import java.util.List;
import java.util.Optional;

/**
 * Decides who may use which files: volumes by READ VOLUME and WRITE VOLUME, object stores by READ FILES and WRITE FILES
 * on the external location that covers the path. DBFS is everybody's, as on Databricks.
 */
final class FileAccess {
    private static final int VOLUME_LEVELS = 3;

    private final Governance governance;

    FileAccess(Governance governance) {
        this.governance = governance;
    }

    /** Fails with DENIED unless somebody may do this. */
    void require(String principal, FilePath path, Intent intent) {
        Actor actor = governance.actor(principal);
        try {
            switch (path.kind()) {
                case VOLUME -> volume(actor, path, intent);
                case S3, AZURE, GOOGLE -> location(actor, path, intent);
                case LOCAL -> {
                    if (!actor.metastoreAdmin()) {
                        throw noLocation(path);
                    }
                }
                default -> {
                    // The workspace's own root store.
                }
            }
        } catch (AccessDenied e) {
            throw new FileError(Reason.DENIED, path.written(), String.valueOf(e.getMessage()), e);
        }
    }

    private void volume(Actor actor, FilePath path, Intent intent) {
        if (path.parts().size() < VOLUME_LEVELS) {
            return;
        }
        List<String> name = path.parts().subList(0, VOLUME_LEVELS);
        Securable volume = new Securable(SecurableType.VOLUME, name);
        if (governance.volumes().find(name).isPresent()) {
            Privilege privilege = intent == Intent.READ ? Privilege.READ_VOLUME : Privilege.WRITE_VOLUME;
            governance.access().require(actor, privilege, volume);
        }
    }

    /** Where no location covers a path, it is for the administrators of the metastore only. */
    private void location(Actor actor, FilePath path, Intent intent) {
        Privilege privilege = intent == Intent.READ ? Privilege.READ_FILES : Privilege.WRITE_FILES;
        Optional<SecurableInfo> location = governance.storage().locationOf(path.text());
        if (location.isPresent()) {
            governance.access().require(actor, privilege, location.get().securable());
        } else if (!actor.metastoreAdmin()) {
            throw noLocation(path);
        }
    }

    static FileError noLocation(FilePath path) {
        return new FileError(
                Reason.NO_LOCATION,
                path.written(),
                "No parent external location was found for path '" + path.text() + "'.");
    }

    static boolean covers(FilePath root, FilePath path) {
        return root.kind() == path.kind()
                && root.authority().equalsIgnoreCase(path.authority())
                && root.parts().size() <= path.parts().size()
                && root.parts().equals(path.parts().subList(0, root.parts().size()));
    }
}
