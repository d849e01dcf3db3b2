package io.lakeport.auth.vault;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.MasterKeys;
import io.lakeport.core.secret.SecretError;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Master keys in the memory of this process, given as {@code id:base64} each; the last one wraps, the others still
 * unwrap, until everything was wrapped anew.
 */
final class KeySet implements MasterKeys {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/_-]{43}=?)");
    private static final String FORM = "expected id:key, where id is 1 to 64 of letters, digits, '.', '_' and '-', and"
            + " key is 32 random bytes in Base64, for example from: openssl rand -base64 32";

    private final String place;
    private final Map<String, Cipher> keys;
    private final String current;

    private KeySet(String place, Map<String, Cipher> keys, String current) {
        this.place = place;
        this.keys = keys;
        this.current = current;
    }

    /**
     * Reads keys.
     *
     * @param place where they were found, for messages
     * @param text entries, one a line or separated by commas; empty lines and those that begin with # mean nothing
     */
    static KeySet parse(String place, String text) {
        Map<String, Cipher> keys = new LinkedHashMap<>();
        String current = "";
        int line = 0;
        for (String entry : text.split("[\\n,]", -1)) {
            line++;
            String stripped = entry.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                current = add(keys, place, line, stripped);
            }
        }
        if (keys.isEmpty()) {
            throw unusable(place, "it holds no key; " + FORM);
        }
        return new KeySet(place, keys, current);
    }

    private static String add(Map<String, Cipher> keys, String place, int line, String entry) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            // The entry is not repeated: it may be a key.
            throw unusable(place, "entry " + line + " is no key; " + FORM);
        }
        byte[] key =
                Base64.getDecoder().decode(matcher.group(2).replace('-', '+').replace('_', '/'));
        try {
            if (keys.put(matcher.group(1), Cipher.of(key)) != null) {
                throw unusable(place, "it holds two keys with the id '" + matcher.group(1) + "'; give each its own");
            }
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        return matcher.group(1);
    }

    static LakeportException unusable(String place, String why) {
        return new LakeportException(
                SecretError.MASTER_KEY_UNUSABLE, "the master key in " + place + " cannot be used: " + why);
    }

    @Override
    public String currentId() {
        return current;
    }

    @Override
    public Wrapped wrap(byte[] dataKey, String context) {
        return new Wrapped(current, cipher(current).seal(dataKey, context));
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, String context) {
        return cipher(wrapped.keyId())
                .open(wrapped.bytes(), context)
                .orElseThrow(() -> new LakeportException(
                                SecretError.MASTER_KEY_WRONG,
                                "the master key '" + wrapped.keyId() + "' in " + place
                                        + " is not the one that wrapped this data key, though it has the same id; give"
                                        + " the key that had this id when the secret was sealed")
                        .with("master_key", wrapped.keyId()));
    }

    private Cipher cipher(String id) {
        Cipher cipher = keys.get(id);
        if (cipher == null) {
            throw new LakeportException(
                            SecretError.MASTER_KEY_UNKNOWN,
                            "a data key is wrapped by master key '" + id + "', and " + place + " holds "
                                    + keys.keySet() + "; add that key before the current one, until everything was"
                                    + " wrapped anew ('lakeport vault rewrap')")
                    .with("master_key", id);
        }
        return cipher;
    }

    @Override
    public void close() {}
}
