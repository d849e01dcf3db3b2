package io.lakeport.app.doctor;

import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.FaultyAnswer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The place where the workspace is to write files. */
final class StorageWorlds {
    private static final String UNITY = "/api/2.1/unity-catalog/";

    private StorageWorlds() {}

    static List<World> all() {
        World.Atlas atlas = new World.Atlas();
        urls(atlas);
        locations(atlas);
        credentials(atlas);
        return atlas.worlds();
    }

    private static void target(Scene s, String url) {
        s.request.exportTarget(URI.create(url));
        s.tenant
                .putObject("scope")
                .put("access", "write_back")
                .putArray("object_prefixes")
                .add(url + "/");
    }

    private static String bucket(Scene s) {
        return "s3://bucket-" + s.number;
    }

    private static void urls(World.Atlas atlas) {
        atlas.broken("bucket by s3a", "LOCATION_URL_MALFORMED", s -> target(s, "s3a://bucket/exports"))
                .broken(
                        "bucket by its web address",
                        "LOCATION_URL_MALFORMED",
                        s -> target(s, "https://bucket.s3.amazonaws.com/exports"))
                .broken(
                        "Azure container by its blob endpoint",
                        "LOCATION_URL_MALFORMED",
                        s -> target(s, "abfss://data@acme.blob.core.windows.net/exports"))
                .broken(
                        "Azure account without its container",
                        "LOCATION_URL_MALFORMED",
                        s -> target(s, "abfss://acme.dfs.core.windows.net/exports"));
    }

    /** Makes a location over the scene's bucket that the tenant may see, and asks for a folder in it. */
    private static String location(Scene s, String credential, String... privileges) {
        String name = "location_" + s.number;
        s.admin.call("POST", UNITY + "storage-credentials", credential);
        s.admin.sql("CREATE EXTERNAL LOCATION " + name + " URL '" + bucket(s) + "' WITH (STORAGE CREDENTIAL cred_"
                + s.number + ")");
        for (String privilege : privileges) {
            s.grant(privilege + " ON EXTERNAL LOCATION " + name);
        }
        target(s, bucket(s) + "/exports");
        return name;
    }

    private static String aws(Scene s) {
        return "{\"name\":\"cred_" + s.number
                + "\",\"aws_iam_role\":{\"role_arn\":\"arn:aws:iam::123456789012:role/exports\"}}";
    }

    private static String azure(Scene s) {
        return "{\"name\":\"cred_" + s.number + "\",\"azure_service_principal\":{\"directory_id\":\"d\","
                + "\"application_id\":\"a\",\"client_secret\":\"x\"}}";
    }

    private static void locations(World.Atlas atlas) {
        atlas.broken(
                        "no external location over the target",
                        "LOCATION_NOT_FOUND",
                        s -> target(s, bucket(s) + "/exports"))
                .broken(
                        "external location that the identity is not shown",
                        "LOCATION_NOT_FOUND",
                        s -> location(s, aws(s)))
                .fixable(
                        "external location with READ FILES alone",
                        "LOCATION_WRITE_MISSING",
                        s -> location(s, aws(s), "READ FILES"))
                .fixable("external location that is read only", "LOCATION_READ_ONLY", s -> {
                    String name = location(s, aws(s), "READ FILES", "WRITE FILES");
                    s.admin.call("PATCH", UNITY + "external-locations/" + name, "{\"read_only\":true}");
                })
                .broken("target outside of the tenant's scope", "TARGET_OUT_OF_SCOPE", s -> {
                    location(s, aws(s), "READ FILES", "WRITE FILES");
                    s.request.exportTarget(URI.create("s3://another-bucket/exports"));
                })
                .healthy(
                        "external location that may be written",
                        "",
                        s -> location(s, aws(s), "READ FILES", "WRITE FILES"));
    }

    private static void mayValidate(Scene s) {
        s.grant("CREATE EXTERNAL LOCATION ON STORAGE CREDENTIAL cred_" + s.number);
    }

    private static void credentials(World.Atlas atlas) {
        atlas.broken("credential that the cloud does not let in", "CREDENTIAL_CANNOT_REACH", s -> {
                    location(s, azure(s), "READ FILES", "WRITE FILES");
                    mayValidate(s);
                })
                .broken("bucket in another region", "STORAGE_IN_ANOTHER_REGION", s -> {
                    location(s, aws(s), "READ FILES", "WRITE FILES");
                    mayValidate(s);
                    s.workspace
                            .faults()
                            .when(FaultMatch.request("POST", UNITY + "validate-storage-credentials"))
                            .answer(new FaultyAnswer(
                                    400,
                                    Optional.of("INVALID_PARAMETER_VALUE"),
                                    Optional.of("PermanentRedirect: the bucket is in this region: eu-west-1"),
                                    FaultyAnswer.Body.JSON,
                                    Optional.empty()));
                })
                .healthy("external location that was validated", "", s -> {
                    location(s, aws(s), "READ FILES", "WRITE FILES");
                    mayValidate(s);
                });
    }
}
