package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the client offers, and how it takes a server that answers with TLS 1.1. */
class SeaTlsTest {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int END = -1;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_1 = 0x0302;

    @Test
    @Tag("AK-28")
    @Tag("DF-44")
    void execute_serverSpeaksTls11_isRefusedBeforeAnythingIsSent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Conversation> conversation = CompletableFuture.supplyAsync(() -> answer(server));
            MemoryBudget budget = MemoryBudget.of("test", 1 << 20);
            String url = "https://127.0.0.1:" + server.getLocalPort();
            try (SeaWarehouse warehouse =
                    new SeaWarehouse(Bench.context(url, new Bench.Tokens(), budget, Guard.NONE), Bench.limits())) {
                assertThatThrownBy(() -> warehouse.execute(Bench.request()))
                        .isInstanceOfSatisfying(
                                LakeportException.class,
                                e -> assertThat(e.is(CoreError.HOST_UNREACHABLE))
                                        .isTrue());
            }
            Conversation heard = conversation.get(10, TimeUnit.SECONDS);
            assertThat(heard.offered).containsExactlyInAnyOrder(0x0304, 0x0303);
            assertThat(heard.nextRecord).as("an alert or the end").isIn(ALERT, END);
        }
    }

    private record Conversation(List<Integer> offered, int nextRecord) {}

    private static Conversation answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(10_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readUnsignedByte()).isEqualTo(HANDSHAKE);
            in.readUnsignedShort();
            byte[] hello = new byte[in.readUnsignedShort()];
            in.readFully(hello);
            socket.getOutputStream().write(serverHello());
            socket.getOutputStream().flush();
            return new Conversation(offered(ByteBuffer.wrap(hello)), in.read());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Walks over a ClientHello to its supported_versions extension (RFC 8446, 4.1.2 and 4.2.1). */
    private static List<Integer> offered(ByteBuffer hello) {
        hello.position(4 + 2 + 32);
        hello.position(hello.position() + 1 + hello.get(hello.position()));
        hello.position(hello.position() + 2 + hello.getShort(hello.position()));
        hello.position(hello.position() + 1 + hello.get(hello.position()));
        hello.getShort();
        List<Integer> versions = new ArrayList<>();
        while (hello.hasRemaining()) {
            int type = hello.getShort();
            int length = hello.getShort();
            int end = hello.position() + length;
            if (type == SUPPORTED_VERSIONS) {
                hello.get();
                while (hello.position() < end) {
                    versions.add((int) hello.getShort());
                }
            }
            hello.position(end);
        }
        return versions;
    }

    private static byte[] serverHello() {
        ByteBuffer body = ByteBuffer.allocate(2 + 32 + 1 + 2 + 1);
        body.putShort((short) TLS_1_1)
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) 0x002F)
                .put((byte) 0);
        ByteBuffer record = ByteBuffer.allocate(5 + 4 + body.capacity());
        record.put((byte) HANDSHAKE).putShort((short) TLS_1_1).putShort((short) (4 + body.capacity()));
        record.put((byte) 2).put((byte) 0).putShort((short) body.capacity()).put(body.array());
        return record.array();
    }
}
