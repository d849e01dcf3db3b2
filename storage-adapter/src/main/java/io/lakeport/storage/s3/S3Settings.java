package io.lakeport.storage.s3;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.store.ObjectStoreContext;
import io.lakeport.storage.option.Options;
import io.lakeport.storage.part.TransferLimits;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a store lies and how it is written.
 *
 * @param place bucket and prefix
 * @param endpoint server without a path
 * @param region region that signatures name
 * @param pathStyle whether the bucket is in the path and not in the host name
 * @param encryption what the store is asked to encrypt with
 * @param limits what uploads may take
 */
record S3Settings(
        S3Place place, URI endpoint, Region region, boolean pathStyle, S3Encryption encryption, TransferLimits limits) {
    /** The smallest part of S3 that is not the last. */
    private static final long SMALLEST_PART = 5 << 20;

    private static final Set<String> PROPERTIES = Set.of("endpoint", "region", "path_style", "sse", "sse_kms_key_id");

    static S3Settings of(ObjectStoreContext context) {
        String owner = "store '" + context.root() + "'";
        Set<String> known = new HashSet<>(PROPERTIES);
        known.addAll(TransferLimits.OPTIONS);
        known.addAll(S3Identity.PROPERTIES);
        Options options = Options.of(owner, context.properties(), known);
        Options.requireKnown(owner, "secret", context.secrets().keySet(), S3Identity.SECRETS);
        Optional<String> endpoint = options.text("endpoint");
        if (endpoint.isEmpty() && options.text("region").isEmpty()) {
            throw missing(owner, "property 'region', for example eu-central-1");
        }
        Region region = Region.of(options.text("region").orElse("us-east-1"));
        return new S3Settings(
                S3Place.of(context.root()),
                endpoint.map(text -> options.server("endpoint", text)).orElseGet(() -> amazon("s3", region)),
                region,
                options.flag("path_style", endpoint.isPresent()),
                S3Encryption.of(options),
                TransferLimits.of(options, SMALLEST_PART));
    }

    /** Returns Amazon's endpoint of a service; named in full, because else the SDK would look for one elsewhere. */
    static URI amazon(String service, Region region) {
        return URI.create("https://" + service + "." + region.id() + "."
                + PartitionMetadata.of(region).dnsSuffix());
    }

    static LakeportException missing(String owner, String what) {
        return new LakeportException(CoreError.INVALID_CONFIGURATION, owner + " needs the " + what);
    }
}
