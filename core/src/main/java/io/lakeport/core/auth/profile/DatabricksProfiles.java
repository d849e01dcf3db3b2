package io.lakeport.core.auth.profile;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.tenant.WorkspaceHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles of a {@code .databrickscfg}. Nothing reads one unless a person or the host's code names the file. */
public final class DatabricksProfiles {
    private static final int LONGEST = 1 << 20;
    private static final String SETTINGS = "__settings__";

    private DatabricksProfiles() {}

    /**
     * Reads every profile, in the order of the file, those that cannot be imported with the reason.
     *
     * @throws LakeportException INVALID_REQUEST when the file cannot be read or is no INI; no message holds a value
     */
    public static List<DatabricksProfile> read(Path file) {
        try {
            return IniText.parse(text(file)).entrySet().stream()
                    .filter(section -> !section.getKey().equals(SETTINGS))
                    .map(section -> profile(section.getKey(), section.getValue()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw error(file, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads one profile.
     *
     * @param name of its section
     * @throws LakeportException INVALID_REQUEST when there is none of that name
     */
    public static DatabricksProfile read(Path file, String name) {
        List<DatabricksProfile> all = read(file);
        List<String> names = all.stream().map(DatabricksProfile::name).toList();
        return all.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> error(
                        file,
                        "there is no profile '" + name + "'" + NearestName.hint(name, names) + "; there is: "
                                + (names.isEmpty() ? "none" : String.join(", ", names))));
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw error(file, "it is longer than 1 MiB, so it is no file of profiles");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw error(file, "there is no such file");
        } catch (CharacterCodingException e) {
            throw error(file, "it is not text in UTF-8");
        } catch (IOException e) {
            throw error(file, "it cannot be read by this user");
        }
    }

    private static DatabricksProfile profile(String name, Map<String, String> values) {
        ProfileIdentity identity = new ProfileIdentity(values);
        Optional<String> obstacle = identity.obstacle();
        Optional<WorkspaceHost> host = Optional.empty();
        try {
            host = Optional.ofNullable(values.get("host")).map(DatabricksProfiles::host);
            if (host.isEmpty()) {
                obstacle = obstacle.or(() -> Optional.of("it names no host"));
            }
        } catch (IllegalArgumentException e) {
            obstacle = Optional.of(String.valueOf(e.getMessage()));
        }
        boolean good = obstacle.isEmpty();
        return new DatabricksProfile(
                name,
                identity.type().orElse("-"),
                host,
                warehouse(values),
                good ? Optional.of(identity.settings()) : Optional.empty(),
                obstacle);
    }

    /** Browsers add a query to the host that people copy, and Databricks' tools overlook it; here it is cut off. */
    private static WorkspaceHost host(String text) {
        int query = text.indexOf("/?");
        return WorkspaceHost.parse(query > 0 ? text.substring(0, query) : text);
    }

    private static Optional<String> warehouse(Map<String, String> values) {
        return Optional.ofNullable(values.get("warehouse_id"))
                .or(() -> Optional.ofNullable(values.get("http_path"))
                        .filter(path -> path.contains("/warehouses/"))
                        .map(path -> path.substring(path.lastIndexOf('/') + 1)));
    }

    private static LakeportException error(Path file, String what) {
        return new LakeportException(CoreError.INVALID_CONFIGURATION, "profiles of " + file + ": " + what);
    }
}
