package io.lakeport.auth.vault;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The data keys of one tenant, each wrapped; the last one seals.
 *
 * @param keys in the order in which they were made
 */
record Keyring(List<Key> keys) {
    private static final int FORMAT = 1;

    Keyring {
        keys = List.copyOf(keys);
    }

    /**
     * A data key.
     *
     * @param id names it
     * @param wrapped how it is kept
     */
    record Key(String id, MasterKeys.Wrapped wrapped) {}

    Optional<Key> current() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
    }

    Optional<Key> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    Keyring with(Key key) {
        List<Key> more = new ArrayList<>(keys);
        more.add(key);
        return new Keyring(more);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(keys.size());
            for (Key key : keys) {
                out.writeUTF(key.id());
                out.writeUTF(key.wrapped().keyId());
                out.writeInt(key.wrapped().bytes().length);
                out.write(key.wrapped().bytes());
            }
            out.flush();
            // So that a damaged ring is not taken for a wrong master key.
            out.write(Digests.sha256(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no bytes", e);
        }
        return bytes.toByteArray();
    }

    static Keyring parse(TenantId tenant, byte[] bytes) {
        int end = bytes.length - 32;
        if (end < 5
                || !Arrays.equals(
                        Digests.sha256(Arrays.copyOf(bytes, end)), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw damaged(tenant);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            if (in.readByte() != FORMAT) {
                throw damaged(tenant);
            }
            List<Key> keys = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String id = in.readUTF();
                String master = in.readUTF();
                keys.add(new Key(id, new MasterKeys.Wrapped(master, in.readNBytes(in.readInt()))));
            }
            return new Keyring(keys);
        } catch (IOException e) {
            throw damaged(tenant);
        }
    }

    private static LakeportException damaged(TenantId tenant) {
        return new LakeportException(
                        SecretError.SECRET_DAMAGED,
                        "the data keys of tenant '" + tenant
                                + "' are not what was written; restore the state from a backup")
                .with("tenant", tenant.value());
    }
}
