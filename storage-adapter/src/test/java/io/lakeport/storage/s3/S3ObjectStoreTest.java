package io.lakeport.storage.s3;

import io.lakeport.core.store.ObjectStore;
import io.lakeport.testkit.contract.ObjectStoreContract;
import io.lakeport.testwatch.LeavesThreads;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@LeavesThreads(value = "Keep-Alive-Timer", because = "the JDK's HTTP client keeps it until its idle connections ended")
class S3ObjectStoreTest implements ObjectStoreContract {
    private static LocalS3 server;
    private static int tests;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new LocalS3(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void next() {
        tests++;
    }

    @Override
    public ObjectStore store() {
        return server.store("s3://" + LocalS3.BUCKET + "/tenant-" + tests + "/a%20b/");
    }

    @Override
    public ObjectStore surroundings() {
        return server.store("s3://" + LocalS3.BUCKET + "/tenant-" + tests + "/");
    }

    @Override
    public int unfinishedUploads() {
        try (S3Client client = server.client("s3://" + LocalS3.BUCKET + "/")) {
            return client.listMultipartUploads(request -> request.bucket(LocalS3.BUCKET))
                    .uploads()
                    .size();
        }
    }
}
