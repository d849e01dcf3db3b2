package io.lakeport.storage.state;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.BackupInfo;
import io.lakeport.core.state.Batch;
import io.lakeport.core.state.StateError;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * The form of a backup: a line of text, then, compressed, the schema version and the time; each document; their number
 * and size; SHA-256 of all that. The same for every database.
 */
final class BackupFile {
    private static final byte[] TITLE = "lakeport state backup 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DOCUMENT = 1;
    private static final int END = 0;

    private BackupFile() {}

    /** A row of the table of documents. */
    record Entry(String space, String kind, String name, byte[] content, long revision, long created, long updated) {}

    /** Takes documents. */
    interface Sink {
        void put(Entry entry) throws IOException, SQLException;
    }

    /** Gives documents. */
    interface Source {
        void writeTo(Sink sink) throws IOException, SQLException;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static BackupInfo write(OutputStream file, int version, Instant taken, Source source)
            throws IOException, SQLException {
        file.write(TITLE);
        MessageDigest digest = sha256();
        GZIPOutputStream zip = new GZIPOutputStream(file, 1 << 16);
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(zip, digest));
        out.writeInt(version);
        out.writeLong(taken.toEpochMilli());
        long[] sums = new long[2];
        source.writeTo(entry -> {
            write(out, entry);
            sums[0]++;
            sums[1] += entry.content().length;
        });
        out.writeByte(END);
        out.writeLong(sums[0]);
        out.writeLong(sums[1]);
        out.flush();
        byte[] sha256 = digest.digest();
        zip.write(sha256);
        zip.finish();
        return new BackupInfo(taken, sums[0], sums[1], HexFormat.of().formatHex(sha256));
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        out.writeByte(DOCUMENT);
        out.writeUTF(entry.space());
        out.writeUTF(entry.kind());
        out.writeUTF(entry.name());
        out.writeLong(entry.revision());
        out.writeLong(entry.created());
        out.writeLong(entry.updated());
        out.writeInt(entry.content().length);
        out.write(entry.content());
    }

    /** Reads a backup to its end; the sink must forget what it got when this throws. */
    static BackupInfo read(Path file, Sink sink) throws SQLException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!Arrays.equals(in.readNBytes(TITLE.length), TITLE)) {
                throw damaged(file, "it does not begin as one", null);
            }
            return read(file, new GZIPInputStream(in, 1 << 16), sink);
        } catch (EOFException | ZipException e) {
            throw damaged(file, "it ends too early or was changed", e);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static BackupInfo read(Path file, InputStream zip, Sink sink) throws IOException, SQLException {
        DigestInputStream digested = new DigestInputStream(zip, sha256());
        DataInputStream in = new DataInputStream(digested);
        int version = in.readInt();
        if (version > Migrations.known()) {
            throw new LakeportException(
                    StateError.STATE_VERSION,
                    "the backup " + file + " has version " + version + ", made by a newer Lakeport; this one knows"
                            + " version " + Migrations.known() + ": install the newer release");
        }
        Instant taken = Instant.ofEpochMilli(in.readLong());
        long documents = 0;
        long bytes = 0;
        for (int kind = in.readByte(); kind == DOCUMENT; kind = in.readByte()) {
            Entry entry = entry(file, in);
            sink.put(entry);
            documents++;
            bytes += entry.content().length;
        }
        boolean counted = in.readLong() == documents & in.readLong() == bytes;
        byte[] sha256 = digested.getMessageDigest().digest();
        if (!counted || !Arrays.equals(sha256, zip.readNBytes(sha256.length)) || zip.read() >= 0) {
            throw damaged(file, "its digest does not match", null);
        }
        return new BackupInfo(taken, documents, bytes, HexFormat.of().formatHex(sha256));
    }

    private static Entry entry(Path file, DataInputStream in) throws IOException {
        String space = in.readUTF();
        String kind = in.readUTF();
        String name = in.readUTF();
        long revision = in.readLong();
        long created = in.readLong();
        long updated = in.readLong();
        int length = in.readInt();
        if (length < 0 || length > Batch.MOST_BYTES) {
            throw damaged(file, "a document of it has an impossible length", null);
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException();
        }
        return new Entry(space, kind, name, content, revision, created, updated);
    }

    private static LakeportException damaged(
            Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new LakeportException(
                StateError.STATE_DAMAGED,
                file + " is no whole backup of Lakeport's state: " + why + "; the store was not changed, take another"
                        + " backup",
                cause);
    }
}
