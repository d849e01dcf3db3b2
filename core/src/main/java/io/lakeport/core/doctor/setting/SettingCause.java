package io.lakeport.core.doctor.setting;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Docs;
import io.lakeport.core.doctor.DoctorReport;
import io.lakeport.core.doctor.Finding;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of a connection that are refused when the configuration is read, so that there is no tenant to walk for yet.
 * They are known by the words in which this library refuses them.
 */
public enum SettingCause implements Cause {
    HOST_IS_ACCOUNT_CONSOLE(
            "account console",
            "'host' is the account console, which runs no statements; each workspace has a URL of its own",
            "open the workspace from the account console and copy the URL that the browser then shows"),
    HOST_HAS_PATH(
            "path or query",
            "'host' is more than a host: a path or query was copied with it",
            "give scheme and host only, for example https://dbc-a1b2.cloud.databricks.com"),
    HOST_IS_PLAIN_HTTP(
            "plain http",
            "'host' is plain HTTP, over which every call would show its token to the network",
            "write https:// before the host"),
    HOST_MALFORMED(
            "workspace host",
            "'host' is no URL of a workspace",
            "give the workspace URL as the browser shows it, for example https://dbc-a1b2.cloud.databricks.com"),
    WAREHOUSE_ID_MALFORMED(
            "warehouse id",
            "'warehouse_id' is not an id: a whole HTTP path or a name was given",
            "copy the id alone: the last part of the HTTP path on the warehouse's 'Connection details'"),
    SECRET_UNREADABLE(
            "secret file",
            "the file that is to hold the secret is missing, empty or not readable",
            "put the secret into the file that the result names, readable by the user of this process");

    private final String words;
    private final String meaning;
    private final Fix fix;

    SettingCause(String words, String meaning, String fix) {
        this.words = words;
        this.meaning = meaning;
        this.fix = Fix.manual(fix, Who.HOST);
    }

    @Override
    public Trouble trouble() {
        return Trouble.CONFIGURATION;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return List.of(fix);
    }

    /** Returns a report of one finding for a configuration that was refused; empty when it is for no such setting. */
    public static Optional<DoctorReport> report(RuntimeException refusal) {
        boolean ours = refusal instanceof IllegalArgumentException
                || (refusal instanceof LakeportException known && known.is(CoreError.INVALID_CONFIGURATION));
        String message = String.valueOf(refusal.getMessage());
        return Stream.of(values())
                .filter(cause -> ours && message.contains(cause.words))
                .findFirst()
                .map(cause -> new DoctorReport(List.of(finding(cause, message))));
    }

    private static Finding finding(SettingCause cause, String message) {
        return new Finding(
                "configuration",
                Finding.Status.FAILED,
                "read the settings of the connection",
                message,
                Optional.of(cause),
                List.of(cause.fix),
                Optional.of(CoreError.INVALID_CONFIGURATION.name()),
                Docs.page("workspace/workspace-details"));
    }
}
