package io.lakeport.storage.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.storage.partition.FileFrame;
import io.lakeport.storage.partition.GrowingBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Schema in front and end mark behind; in a file, also the magic on both sides and the footer that finds batches. */
final class IpcFrame implements FileFrame {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

    private final IpcSchema schema;
    private final boolean file;
    private final List<Place> batches = new ArrayList<>();

    IpcFrame(IpcSchema schema, boolean file) {
        this.schema = schema;
        this.file = file;
    }

    /** Where a batch lies in the file. */
    private record Place(long offset, int metadataBytes, long bodyBytes) {}

    void batchAt(long offset, int metadataBytes, long bodyBytes) {
        batches.add(new Place(offset, metadataBytes, bodyBytes));
    }

    @Override
    public void begin(GrowingBytes out) {
        if (file) {
            out.utf8(MAGIC).utf8(new byte[2]);
        }
        ByteBuffer nothing = ByteBuffer.allocate(0);
        out.utf8(new IpcMessage(ByteBuffer.wrap(schema.message()), nothing)
                .framed()
                .array());
    }

    @Override
    public void end(GrowingBytes out) {
        out.utf8(END);
        if (file) {
            byte[] footer = footer();
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            out.utf8(footer).utf8(length.putInt(footer.length).array()).utf8(MAGIC);
        }
    }

    private byte[] footer() {
        FlatBufferBuilder out = new FlatBufferBuilder(1024);
        int columns = schema.write(out);
        Footer.startDictionariesVector(out, 0);
        int dictionaries = out.endVector();
        Footer.startRecordBatchesVector(out, batches.size());
        for (int i = batches.size() - 1; i >= 0; i--) {
            Place place = batches.get(i);
            Block.createBlock(out, place.offset(), place.metadataBytes(), place.bodyBytes());
        }
        int blocks = out.endVector();
        out.finish(Footer.createFooter(out, MetadataVersion.V5, columns, dictionaries, blocks, 0));
        return out.sizedByteArray();
    }
}
