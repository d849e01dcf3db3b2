package io.lakeport.core.location;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.regex.Pattern;

/**
 * URL of an external location, checked before it is sent: what is malformed shows on Databricks only when somebody reads.
 *
 * @param value for example {@code s3://bucket/prefix} or {@code abfss://container@account.dfs.core.windows.net/path};
 *     without a slash at the end
 */
public record LocationUrl(String value) {
    private static final Pattern S3 = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?");
    private static final Pattern ABFSS = Pattern.compile(
            "abfss://[a-z0-9$][a-z0-9-]{0,62}@[a-z0-9]{3,24}\\.dfs\\.core\\.(windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn)(/.*)?");
    private static final Pattern GS = Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/.*)?");
    private static final Pattern R2 = Pattern.compile("r2://[^/@]+@[^/@]+\\.r2\\.cloudflarestorage\\.com(/.*)?");

    public LocationUrl {
        value = value.strip().replaceAll("/+$", "");
        String fault = fault(value);
        if (!fault.isEmpty()) {
            throw new LakeportException(
                    CoreError.INVALID_ARGUMENT,
                    "the URL of the external location, '" + value.replaceAll("\\p{Cntrl}", "?") + "', is malformed: "
                            + fault);
        }
    }

    /** Returns the URL of that text; slashes at its end are left out. */
    public static LocationUrl parse(String text) {
        return new LocationUrl(text);
    }

    private static String fault(String url) {
        if (url.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#' || c == '*' || c == '\\')) {
            return "it holds a blank, '?', '#', '*' or '\\'";
        }
        if ((url + "/").contains("/../") || (url + "/").contains("/./")) {
            return "its path holds '.' or '..'";
        }
        int end = url.indexOf("://");
        return switch (end < 0 ? "" : url.substring(0, end)) {
            case "s3" -> S3.matcher(url).matches() ? "" : "expected s3://bucket/prefix, the bucket in lower case";
            case "abfss" -> ABFSS.matcher(url).matches() ? "" : azure(url);
            case "gs" -> GS.matcher(url).matches() ? "" : "expected gs://bucket/prefix";
            case "r2" ->
                R2.matcher(url).matches() ? "" : "expected r2://bucket@account.r2.cloudflarestorage.com/prefix";
            case "s3a", "s3n" -> "Unity Catalog writes s3://";
            case "http", "https" ->
                "that is an address for browsers; expected s3://bucket/prefix or"
                        + " abfss://container@account.dfs.core.windows.net/path";
            case "wasb", "wasbs", "abfs" -> "Unity Catalog writes abfss:// and .dfs.core.windows.net";
            default -> "expected s3://, abfss:// or gs://";
        };
    }

    private static String azure(String url) {
        if (!url.contains("@")) {
            return "container and account are parted by '@': abfss://container@account.dfs.core.windows.net/path";
        }
        return url.contains(".blob.")
                ? "the account's endpoint is .dfs.core.windows.net, not .blob."
                : "expected abfss://container@account.dfs.core.windows.net/path, in lower case";
    }

    /** Returns whether a credential of that kind reaches it. */
    public boolean isReachedBy(String credentialKind) {
        return switch (value.substring(0, value.indexOf(':'))) {
            case "s3" -> credentialKind.equals("aws_iam_role");
            case "abfss" -> credentialKind.startsWith("azure_");
            case "gs" -> credentialKind.equals("databricks_gcp_service_account");
            default -> credentialKind.equals("cloudflare_api_token");
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
