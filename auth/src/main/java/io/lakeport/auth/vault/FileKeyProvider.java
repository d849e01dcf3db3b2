package io.lakeport.auth.vault;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SecretError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Master keys in a file that this user alone may read, one {@code id:base64} a line; the last line is the current key.
 * Properties: {@code path}; {@code create} ({@code true} makes the file with a new key where there is none; default
 * {@code false}, so that a file that was lost is missed and not replaced). No secrets.
 */
public final class FileKeyProvider implements KeyProvider {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final long MOST_BYTES = 64 << 10;

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public FileKeyProvider() {}

    @Override
    public String name() {
        return "file";
    }

    @Override
    public MasterKeys open(KeyContext context) {
        KeySettings settings = new KeySettings("file", context);
        settings.requireKnown(Set.of("path", "create"), Set.of());
        Path file = context.folder()
                .resolve(settings.required("path"))
                .toAbsolutePath()
                .normalize();
        String create = settings.text("create").orElse("false");
        if (!Set.of("true", "false").contains(create)) {
            throw settings.invalid("property 'create' is '" + create + "'; expected true or false");
        }
        try {
            if (create.equals("true")) {
                create(file);
            }
            return read(file);
        } catch (IOException e) {
            throw new LakeportException(
                    CoreError.ACCESS_DENIED,
                    "the master key file " + file + " cannot be read or made by this user ("
                            + e.getClass().getSimpleName() + "); give it the file, and the file to it",
                    e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = Cipher.newKey();
        String id =
                "k-" + LocalDate.now(ZoneOffset.UTC) + "-" + Digests.hex(key).substring(0, 8);
        String line = id + ":" + Base64.getEncoder().encodeToString(key) + "\n";
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileAttribute<?>[] own = isPosix(file)
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Files.createFile(file, own);
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        } catch (FileAlreadyExistsException e) {
            // Then it is used as it is: nothing ever takes the place of a key.
            return;
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static MasterKeys read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new LakeportException(
                    SecretError.MASTER_KEY_MISSING,
                    "the master key file " + file + " is not there; restore it from where it is kept safe. Only if"
                            + " nothing was sealed yet, let it be made with the property create=true");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            throw KeySet.unusable(file.toString(), "it is no file of keys");
        }
        if (isPosix(file)) {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
            if (found.stream().anyMatch(OTHERS::contains)) {
                throw KeySet.unusable(
                        file.toString(),
                        "others may read it (" + PosixFilePermissions.toString(found) + "); run: chmod 600 " + file
                                + ", and take a new key if others could have read it");
            }
        }
        return KeySet.parse("the file " + file, Files.readString(file));
    }
}
