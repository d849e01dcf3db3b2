package io.lakeport.storage.s3;

import io.lakeport.storage.option.Options;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How the store encrypts what is written.
 *
 * @param mode empty for the bucket's own rule
 * @param kmsKeyId which key, empty for the bucket's or Amazon's
 */
record S3Encryption(Optional<ServerSideEncryption> mode, Optional<String> kmsKeyId) {
    static S3Encryption of(Options options) {
        Optional<ServerSideEncryption> mode = options.text("sse").map(text -> switch (text) {
            case "AES256" -> ServerSideEncryption.AES256;
            case "aws:kms" -> ServerSideEncryption.AWS_KMS;
            case "aws:kms:dsse" -> ServerSideEncryption.AWS_KMS_DSSE;
            default -> throw options.malformed("sse", "expected AES256, aws:kms or aws:kms:dsse");
        });
        Optional<String> key = options.text("sse_kms_key_id");
        if (key.isPresent()
                && mode.filter(m -> m != ServerSideEncryption.AES256).isEmpty()) {
            throw options.malformed("sse_kms_key_id", "it is used with sse aws:kms or aws:kms:dsse only");
        }
        return new S3Encryption(mode, key);
    }

    @Nullable
    ServerSideEncryption modeOrNull() {
        return mode.orElse(null);
    }

    @Nullable
    String keyOrNull() {
        return kmsKeyId.orElse(null);
    }
}
