package io.lakeport.storage.abfss;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.storage.StorageError;
import io.lakeport.storage.refusal.Refusal;
import java.net.http.HttpResponse;

/** What the account answers, as errors. Codes: Azure Storage REST API, "Blob Storage error codes". */
final class BlobErrors {
    private final AbfssPlace place;
    private final Authorizer authorizer;

    BlobErrors(AbfssPlace place, Authorizer authorizer) {
        this.place = place;
        this.authorizer = authorizer;
    }

    String where(BlobRequest request) {
        return "'" + place.root() + request.key().map(key -> key.value()).orElse("") + "'";
    }

    LakeportException refused(BlobRequest request, HttpResponse<byte[]> answer, Object credential) {
        String code = answer.headers().firstValue("x-ms-error-code").orElse("");
        Refusal refusal = new Refusal(
                where(request),
                answer.statusCode(),
                "HTTP " + answer.statusCode() + (code.isEmpty() ? "" : " " + code),
                Refusal.seconds(answer.headers().firstValue("Retry-After")),
                "more rights: " + authorizer.describe(),
                request.writes(),
                null);
        return byCode(request, refusal, code, credential).with("account", place.account()).with("container", place.container());
    }

    private LakeportException byCode(BlobRequest request, Refusal refusal, String code, Object credential) {
        return switch (code) {
            case "BlobAlreadyExists", "UnauthorizedBlobOverwrite" ->
                refusal.error(CoreError.OBJECT_EXISTS, "exists already and must not be replaced");
            case "ConditionNotMet" -> conditionNotMet(request, refusal);
            case "InvalidBlockList" ->
                refusal.error(
                        StorageError.WRITE_OVERTAKEN,
                        "another writer made it meanwhile; write it again if it should win");
            case "LeaseIdMissing", "LeaseAlreadyPresent" ->
                refusal.error(CoreError.TARGET_NOT_WRITABLE, "somebody holds a lease on it; break or await the lease");
            case "BlobImmutableDueToPolicy", "BlobImmutableDueToLegalHold" ->
                refusal.error(CoreError.TARGET_NOT_WRITABLE, "a policy keeps it from being replaced or removed");
            case "ContainerNotFound" ->
                refusal.error(
                        CoreError.OBJECT_NOT_FOUND,
                        "container '" + place.container() + "' does not exist at " + place.endpoint()
                                + "; create it, or correct the root");
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
                notAuthenticated(refusal, credential);
            case "AuthorizationFailure", "AuthorizationSourceIPMismatch" ->
                refusal.error(
                        CoreError.TARGET_NOT_WRITABLE,
                        "the account refuses this machine or credential; look at its firewall and at "
                                + authorizer.describe());
            case "Md5Mismatch", "ServerBusy" -> passing(refusal, code);
            default -> refusal.toError();
        };
    }

    private static LakeportException conditionNotMet(BlobRequest request, Refusal refusal) {
        return request.writes()
                ? refusal.error(CoreError.OBJECT_EXISTS, "exists already and must not be replaced")
                : refusal.error(StorageError.OBJECT_CHANGED, "was replaced while it was read; read it again");
    }

    private static LakeportException passing(Refusal refusal, String code) {
        return code.equals("ServerBusy")
                ? refusal.busy()
                : refusal.error(CoreError.SERVICE_UNAVAILABLE, "bytes were changed on the way");
    }

    private LakeportException notAuthenticated(Refusal refusal, Object credential) {
        return authorizer.renewAfterRefusal(credential)
                ? refusal.error(CoreError.SERVICE_UNAVAILABLE, "the credentials ended early; new ones are fetched")
                : refusal.error(CoreError.ACCESS_DENIED, "the account does not take " + authorizer.describe());
    }
}
