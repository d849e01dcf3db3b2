package io.lakeport.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.secret.SecretError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyProvidersTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final byte[] DATA_KEY = Cipher.newKey();

    @TempDir
    Path folder;

    private MasterKeys file(Map<String, String> properties) {
        return new FileKeyProvider().open(new KeyProvider.KeyContext(properties, Map.of(), folder));
    }

    private static MasterKeys variable(String key) {
        return new VariableKeyProvider()
                .open(new KeyProvider.KeyContext(Map.of(), Map.of("key", Secret.of(key)), Path.of(".")));
    }

    private static void fails(SecretError expected, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(expected.toErrorCode()))
                .hasMessageNotContaining(KEY);
    }

    @Test
    void file_thatIsNotThere_isMissedUnlessItIsToBeMade() throws IOException {
        Path key = folder.resolve("keys/master.key");
        fails(SecretError.MASTER_KEY_MISSING, () -> file(Map.of("path", "keys/master.key")));
        assertThat(key).doesNotExist();
        MasterKeys made = file(Map.of("path", "keys/master.key", "create", "true"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        MasterKeys.Wrapped wrapped = made.wrap(DATA_KEY, "c");
        String before = Files.readString(key);
        MasterKeys again = file(Map.of("path", "keys/master.key", "create", "true"));
        assertThat(Files.readString(key)).as("never replaced").isEqualTo(before);
        assertThat(again.unwrap(wrapped, "c")).isEqualTo(DATA_KEY);
        fails(SecretError.MASTER_KEY_WRONG, () -> again.unwrap(wrapped, "another purpose"));
    }

    @Test
    void file_thatOthersMayRead_isRefusedWithTheRemedy() throws IOException {
        file(Map.of("path", "k", "create", "true"));
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(folder.resolve("k"), PosixFilePermissions.fromString(permissions));
            fails(SecretError.MASTER_KEY_UNUSABLE, () -> file(Map.of("path", "k")));
            assertThatThrownBy(() -> file(Map.of("path", "k")))
                    .hasMessageContaining(permissions)
                    .hasMessageContaining("chmod 600 " + folder.resolve("k"));
        }
        Files.setPosixFilePermissions(folder.resolve("k"), PosixFilePermissions.fromString("r--------"));
        assertThat(file(Map.of("path", "k")).currentId()).startsWith("k-");
    }

    @Test
    void file_withASecondKey_wrapsWithTheLastAndUnwrapsWithBoth() throws IOException {
        MasterKeys first = file(Map.of("path", "k", "create", "true"));
        MasterKeys.Wrapped wrapped = first.wrap(DATA_KEY, "c");
        Files.writeString(
                folder.resolve("k"), Files.readString(folder.resolve("k")) + "# the key of 2027\nsecond:" + KEY + "\n");
        MasterKeys both = file(Map.of("path", "k"));
        assertThat(both.currentId()).isEqualTo("second");
        assertThat(both.unwrap(wrapped, "c")).isEqualTo(DATA_KEY);
        assertThat(both.wrap(DATA_KEY, "c").keyId()).isEqualTo("second");
    }

    @Test
    void keys_thatAreNone_areRefusedWithoutBeingShown() {
        fails(SecretError.MASTER_KEY_UNUSABLE, () -> variable("# nothing"));
        fails(SecretError.MASTER_KEY_UNUSABLE, () -> variable(KEY));
        fails(SecretError.MASTER_KEY_UNUSABLE, () -> variable("a:" + KEY.substring(4)));
        fails(SecretError.MASTER_KEY_UNUSABLE, () -> variable("a:" + KEY + ",a:" + KEY));
        assertThatThrownBy(() -> variable("a:" + KEY + ",b:short")).hasMessageContaining("entry 2");
        assertThat(variable("a:" + KEY + ",b:" + KEY).currentId()).isEqualTo("b");
    }

    @Test
    void settings_thatAreNotKnown_areRefused() {
        assertThatThrownBy(() -> file(Map.of("paht", "k")))
                .hasMessageContaining("'paht'")
                .hasMessageContaining("path");
        assertThatThrownBy(() -> file(Map.of())).hasMessageContaining("property 'path' is missing");
        assertThatThrownBy(() -> file(Map.of("path", "k", "create", "yes"))).hasMessageContaining("true or false");
        assertThatThrownBy(() -> new VariableKeyProvider().open(new KeyProvider.KeyContext(Map.of(), Map.of(), folder)))
                .hasMessageContaining("${env:LAKEPORT_MASTER_KEY}");
    }
}
