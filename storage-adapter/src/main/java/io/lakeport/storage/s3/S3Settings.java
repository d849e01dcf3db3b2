package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.storage.option.Options;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a store lies.
 *
 * @param root as configured, ending in a slash
 * @param bucket name of the bucket
 * @param prefix what every key begins with in the bucket; empty, or ending in a slash
 * @param endpoint server without a path
 * @param region region that signatures name
 * @param pathStyle whether the bucket is in the path and not in the host name
 * @param accessKeyId public half of the credential
 */
record S3Settings(
        String root, String bucket, String prefix, URI endpoint, Region region, boolean pathStyle, String accessKeyId) {
    static final String SECRET_ACCESS_KEY = "secret_access_key";
    static final String SESSION_TOKEN = "session_token";

    private static final Set<String> PROPERTIES = Set.of("endpoint", "region", "path_style", "access_key_id");
    private static final Set<String> SECRETS = Set.of(SECRET_ACCESS_KEY, SESSION_TOKEN);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    static S3Settings of(ObjectStoreContext context) {
        String owner = "store '" + context.root() + "'";
        Options options = Options.of(owner, context.properties(), PROPERTIES);
        Options.requireKnown(owner, "secret", context.secrets().keySet(), SECRETS);
        if (!context.secrets().containsKey(SECRET_ACCESS_KEY)) {
            throw missing(owner, "secret '" + SECRET_ACCESS_KEY + "'");
        }
        String accessKeyId =
                options.text("access_key_id").orElseThrow(() -> missing(owner, "property 'access_key_id'"));
        Optional<String> endpoint = options.text("endpoint");
        if (endpoint.isEmpty() && options.text("region").isEmpty()) {
            throw missing(owner, "property 'region', for example eu-central-1");
        }
        Region region = Region.of(options.text("region").orElse("us-east-1"));
        String bucket = context.root().getAuthority();
        if (bucket == null || bucket.isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_CONFIGURATION, owner + " names no bucket; expected s3://bucket/prefix/");
        }
        return new S3Settings(
                context.root().toString(),
                bucket,
                context.root().getPath().substring(1),
                endpoint.map(text -> endpoint(options, text)).orElseGet(() -> amazon(region)),
                region,
                options.flag("path_style", endpoint.isPresent()),
                accessKeyId);
    }

    private static URI amazon(Region region) {
        // Named in full, because without it the SDK would look for one in the environment.
        return URI.create(
                "https://s3." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix());
    }

    private static URI endpoint(Options options, String text) {
        try {
            URI uri = URI.create(text);
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost()));
            boolean bare = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
            if (secure && bare) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw options.malformed("endpoint", "it is no URL; expected for example https://s3.example.com");
        }
        throw options.malformed(
                "endpoint", "expected https://host or https://host:port; http is taken only on this machine");
    }

    private static LakeportException missing(String owner, String what) {
        return new LakeportException(CoreError.INVALID_CONFIGURATION, owner + " needs the " + what);
    }
}
