package io.lakeport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.store.CreateMode;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import io.lakeport.core.store.ObjectSink;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.storage.Patient;
import io.lakeport.storage.StorageError;
import io.lakeport.testkit.network.FaultyRoad;
import io.lakeport.testkit.network.S3Answers;
import io.lakeport.testwatch.LeavesThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real S3 server does when the road to it is bad. */
@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
class S3FaultTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static final String SLOW = "<Error><Code>SlowDown</Code><Message>m</Message></Error>";
    private static final int BIG = 18 << 20;
    private static LocalS3 server;
    private static int tests;

    private final Patient guard = new Patient();
    private FaultyRoad road;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new LocalS3(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        tests++;
        road = new FaultyRoad(server.endpoint().getPort());
    }

    @AfterEach
    void close() throws IOException {
        road.close();
    }

    private ObjectStore store(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of("endpoint", road.endpoint()));
        properties.putAll(more);
        return server.store("s3://exports/fault-" + tests + "/", properties, LocalS3.SECRET_KEY, guard);
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static ObjectInfo put(ObjectStore store, CreateMode mode, int size) throws IOException {
        try (ObjectSink sink = store.create(KEY, mode)) {
            sink.write(ByteBuffer.wrap(content(size)));
            return sink.commit();
        }
    }

    private static byte[] read(ReadableByteChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(50_000);
        while (channel.read(block) >= 0) {
            all.write(block.array(), 0, block.position());
            block.clear();
        }
        return all.toByteArray();
    }

    @Test
    void write_throughSlowDownsResetsAndCutAnswers_isWholeAndOnce() throws IOException {
        road.next("^POST .*uploads", FaultyRoad.answer(503, "", SLOW));
        road.next("^PUT .*partNumber=1", FaultyRoad.answer(429, "Retry-After: 7\r\n", ""));
        road.next("^PUT .*partNumber=2", FaultyRoad.reset());
        road.next("^PUT .*partNumber=3", FaultyRoad.losingTheAnswer());
        road.next("^POST .*uploadId", FaultyRoad.answer(500, "", ""));
        try (ObjectStore store = store(Map.of())) {
            assertThat(put(store, CreateMode.FAIL_IF_EXISTS, BIG).bytes()).isEqualTo(BIG);
            try (ReadableByteChannel channel = store.read(KEY)) {
                assertThat(read(channel)).isEqualTo(content(BIG));
            }
            assertThat(store.unfinished()).isEmpty();
        }
        assertThat(guard.failures).hasSize(5);
        assertThat(guard.failures)
                .anySatisfy(e -> assertThat(e.is(CoreError.RATE_LIMITED)).isTrue())
                .anySatisfy(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void requests_ofAClockThatIsWrong_areSignedWithTheStoresTime() throws IOException {
        // The road claims another time, by which the client then signs, until the server itself refuses that.
        Instant wrong = Instant.now().plus(Duration.ofHours(7));
        road.next("^PUT", S3Answers.requestTimeTooSkewed(wrong));
        road.next("^HEAD", S3Answers.requestTimeTooSkewed(wrong));
        try (ObjectStore store = store(Map.of())) {
            put(store, CreateMode.FAIL_IF_EXISTS, 10);
            assertThat(store.stat(KEY)).isPresent();
        }
        assertThat(guard.failures)
                .filteredOn(e -> e.category() == ErrorCategory.UNAVAILABLE)
                .hasSize(3)
                .allSatisfy(e -> assertThat(e).hasMessageContaining("the clock of this machine is wrong; set it"));
        assertThat(road.heads())
                .filteredOn(head -> head.startsWith("PUT"))
                .hasSize(3)
                .extracting(head -> signedHour(head))
                .satisfies(hours -> assertThat(hours.get(1)).isNotEqualTo(hours.get(2)));
    }

    private static String signedHour(String head) {
        return head.replaceFirst("(?is).*x-amz-date: (\\d{8}t\\d\\d).*", "$1");
    }

    @Test
    void complete_whoseAnswerIsLostOnTheWire_happensOnceAndIsOurs() throws IOException {
        road.next("^POST .*uploadId", FaultyRoad.losingTheAnswer());
        road.next("^PUT /exports/[^?]* ", FaultyRoad.losingTheAnswer());
        try (ObjectStore store = store(Map.of())) {
            put(store, CreateMode.FAIL_IF_EXISTS, BIG);
            assertThat(store.unfinished()).isEmpty();
            assertThatThrownBy(() -> put(store, CreateMode.FAIL_IF_EXISTS, BIG))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.OBJECT_EXISTS)).isTrue());
            store.delete(KEY);
            put(store, CreateMode.FAIL_IF_EXISTS, 10);
            assertThat(store.unfinished()).isEmpty();
        }
    }

    @Test
    void part_refusedForGood_abortsTheUpload() throws IOException {
        String denied = "<Error><Code>AccessDenied</Code></Error>";
        road.next("^PUT .*partNumber=2", FaultyRoad.answer(403, "", denied));
        road.next("^DELETE .*uploadId", FaultyRoad.reset());
        try (ObjectStore store = store(Map.of())) {
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, BIG))
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.TARGET_NOT_WRITABLE)).isTrue())
                    .hasMessageContaining("s3:PutObject and s3:AbortMultipartUpload")
                    .hasMessageContaining(LocalS3.ACCESS_KEY);
            assertThat(store.unfinished()).isEmpty();
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void read_cutTwice_goesOnWhereItStopped() throws IOException {
        try (ObjectStore store = store(Map.of())) {
            put(store, CreateMode.REPLACE, 3 << 20);
            road.next("^GET ", FaultyRoad.cutAfter(1 << 20));
            road.next("^GET ", FaultyRoad.cutAfter(1 << 20));
            try (ReadableByteChannel channel = store.read(KEY)) {
                assertThat(read(channel)).isEqualTo(content(3 << 20));
            }
            List<String> gets =
                    road.heads().stream().filter(head -> head.startsWith("GET")).toList();
            assertThat(gets).hasSize(3);
            assertThat(gets.get(1)).containsIgnoringCase("if-match:").containsIgnoringCase("range: bytes=");
        }
    }

    @Test
    void read_ofAnObjectReplacedBehindACut_saysSo() throws IOException {
        try (ObjectStore store = store(Map.of())) {
            put(store, CreateMode.REPLACE, 3 << 20);
            road.next("^GET ", FaultyRoad.cutAfter(1 << 20));
            try (ReadableByteChannel channel = store.read(KEY)) {
                channel.read(ByteBuffer.allocate(1_000));
                put(store, CreateMode.REPLACE, 2 << 20);
                assertThatThrownBy(() -> read(channel))
                        .isInstanceOfSatisfying(
                                LakeportException.class,
                                e -> assertThat(e.is(StorageError.OBJECT_CHANGED))
                                        .isTrue())
                        .hasMessageContaining("replaced while it was read");
            }
        }
    }

    @Test
    void wrongRegion_isAnsweredWithTheRightOne() {
        String malformed = "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is"
                + " malformed; the region 'us-east-1' is wrong; expecting 'eu-west-3'</Message></Error>";
        road.next("^GET", FaultyRoad.answer(400, "Content-Type: application/xml\r\n", malformed));
        road.next("^HEAD", FaultyRoad.answer(400, "x-amz-bucket-region: eu-west-3\r\n", ""));
        road.next("^PUT", FaultyRoad.answer(301, "x-amz-bucket-region: eu-west-3\r\n", ""));
        try (ObjectStore store = store(Map.of("region", "us-east-1"))) {
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
                    List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                            () -> store.list(""), () -> store.stat(KEY), () -> put(store, CreateMode.REPLACE, 3))) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                LakeportException.class,
                                e -> assertThat(e.is(CoreError.INVALID_CONFIGURATION))
                                        .isTrue())
                        .hasMessageContaining("not in region us-east-1 but in eu-west-3; set region to that");
            }
        }
    }

    @Test
    void encryption_isAskedForWithEveryObject() throws IOException {
        try (ObjectStore store = store(Map.of("sse", "aws:kms", "sse_kms_key_id", "alias/exports"))) {
            road.next("^PUT", FaultyRoad.answer(200, "ETag: \"x\"\r\n", ""));
            put(store, CreateMode.REPLACE, 3);
            road.next("^POST", FaultyRoad.answer(403, "", ""));
            assertThatThrownBy(() -> put(store, CreateMode.REPLACE, BIG)).isInstanceOf(LakeportException.class);
        }
        assertThat(road.heads())
                .hasSize(2)
                .allSatisfy(head -> assertThat(head)
                        .containsIgnoringCase("x-amz-server-side-encryption: aws:kms\r\n")
                        .containsIgnoringCase("x-amz-server-side-encryption-aws-kms-key-id: alias/exports\r\n"));
        assertThatThrownBy(() -> store(Map.of("sse", "AES265"))).hasMessageContaining("expected AES256, aws:kms");
        assertThatThrownBy(() -> store(Map.of("sse_kms_key_id", "x"))).hasMessageContaining("with sse aws:kms");
    }

    @Test
    void hostStyle_isTheDefaultOfAmazon_andPathStyleOfOthers() {
        Map<String, String> hostStyle = Map.of("path_style", "false", "endpoint", "https://s3.example.com");
        assertThat(url(hostStyle)).isEqualTo("https://exports.s3.example.com/a%20b");
        assertThat(url(Map.of("endpoint", "https://s3.example.com"))).isEqualTo("https://s3.example.com/exports/a%20b");
        assertThat(S3Settings.amazon("s3", software.amazon.awssdk.regions.Region.of("cn-north-1")))
                .hasToString("https://s3.cn-north-1.amazonaws.com.cn");
    }

    private static String url(Map<String, String> more) {
        try (software.amazon.awssdk.services.s3.S3Client client = server.client("s3://exports/", more)) {
            return client.utilities()
                    .getUrl(request -> request.bucket("exports").key("a b"))
                    .toString();
        }
    }

    /** Answers as AWS STS does; a stand-in, because no STS runs here. */
    private static HttpServer sts(List<String> requests, int status) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String body = status == 200
                    ? "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>" + LocalS3.ACCESS_KEY
                            + "</AccessKeyId><SecretAccessKey>" + LocalS3.SECRET_KEY
                            + "</SecretAccessKey><SessionToken>token</SessionToken><Expiration>"
                            + Instant.now().plusSeconds(3600)
                            + "</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
                    : "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        http.start();
        return http;
    }

    private Map<String, String> role(HttpServer sts) {
        return Map.of(
                "access_key_id", "AKIDBASE",
                "role_arn", "arn:aws:iam::123456789012:role/exports",
                "external_id", "customer-7",
                "sts_endpoint", "http://127.0.0.1:" + sts.getAddress().getPort());
    }

    @Test
    void role_isAssumedOnce_andSignsEveryRequest() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer sts = sts(requests, 200);
        try (ObjectStore store = store(role(sts))) {
            put(store, CreateMode.REPLACE, BIG);
            assertThat(store.list("")).hasSize(1);
        } finally {
            sts.stop(0);
        }
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0))
                .contains("Action=AssumeRole", "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fexports")
                .contains("ExternalId=customer-7", "RoleSessionName=lakeport-acme");
        assertThat(road.heads())
                .allSatisfy(head -> assertThat(head)
                        .contains("Credential=" + LocalS3.ACCESS_KEY)
                        .containsIgnoringCase("x-amz-security-token: token"));
    }

    @Test
    void role_thatIsRefused_saysWhatToAllow() throws IOException {
        HttpServer sts = sts(new CopyOnWriteArrayList<>(), 403);
        try (ObjectStore store = store(role(sts))) {
            assertThatThrownBy(() -> store.list(""))
                    .isInstanceOf(LakeportException.class)
                    .hasMessageContaining("sts:AssumeRole")
                    .hasMessageContaining("role/exports")
                    .hasMessageContaining("external_id");
        } finally {
            sts.stop(0);
        }
        assertThatThrownBy(() -> store(Map.of("role_arn", "exports"))).hasMessageContaining("arn:aws:iam::");
    }

    @Test
    void root_thatIsNoPlainPrefix_isRefused() {
        for (String root :
                List.of("s3://b/a/../c/", "s3://b/a%2F..%2Fc/", "s3://b//x/", "s3://b/%2e%2e/x/", "s3:///x/")) {
            assertThatThrownBy(() -> server.store(root, Map.of(), LocalS3.SECRET_KEY, Guard.NONE))
                    .as(root)
                    .isInstanceOfSatisfying(
                            LakeportException.class,
                            e -> assertThat(e.is(CoreError.INVALID_CONFIGURATION))
                                    .isTrue());
        }
    }
}
