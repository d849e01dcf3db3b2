package io.lakeport.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The body of an answer. What the SDK throws while it is read becomes an IOException, as channels promise. */
final class S3Channel implements ReadableByteChannel {
    private final ResponseInputStream<GetObjectResponse> body;
    private final ReadableByteChannel channel;
    private boolean ended;

    S3Channel(ResponseInputStream<GetObjectResponse> body) {
        this.body = body;
        this.channel = Channels.newChannel(body);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            int count = channel.read(target);
            ended = ended || count < 0;
            return count;
        } catch (SdkException e) {
            throw new IOException("the object's content broke off or does not match its checksum", e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (!ended && channel.isOpen()) {
            // Closing would read the rest, however long it is.
            body.abort();
        }
        channel.close();
    }
}
