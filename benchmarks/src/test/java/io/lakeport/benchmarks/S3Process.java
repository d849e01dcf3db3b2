package io.lakeport.benchmarks;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * A real server of the S3 protocol in a process of its own, which ends with its standard input. Arguments: directory,
 * access key, secret key. Prints its port.
 */
public final class S3Process {
    private S3Process() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", args[0]);
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, args[1], args[2])
                .build();
        server.start();
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {
            // Until the benchmark ends.
        }
        server.stop();
        System.exit(0);
    }
}
