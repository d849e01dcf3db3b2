package io.lakeport.audit.job;

import com.databricks.sdk.service.iam.CurrentUserAPI;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.workspace.Delete;
import com.databricks.sdk.service.workspace.ExportFormat;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.ExportResponse;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import com.databricks.sdk.service.workspace.WorkspaceAPI;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobTask;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.core.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The SQL files of jobs (Workspace API 2.0, import and export). They lie in the home folder of the principal that the
 * jobs run as, where others cannot change what runs under its name. Thread-safe.
 */
final class JobFiles {
    private final SdkClient client;
    private final TenantId tenant;
    private final AtomicReference<String> home = new AtomicReference<>();

    JobFiles(SdkClient client, TenantId tenant) {
        this.client = client;
        this.tenant = tenant;
    }

    /** Paths of a job's files by the keys of its tasks, and what had to be mended. */
    record Written(Map<String, String> paths, List<String> mended) {}

    /** Makes the files of all tasks be there with the text that they shall have. */
    Written write(JobDefinition job, Deadline deadline) {
        String folder = folder(job.key(), deadline);
        Map<String, String> paths = new LinkedHashMap<>();
        List<String> mended = new ArrayList<>();
        for (JobTask task : job.tasks()) {
            String path = folder + "/" + task.fileName();
            paths.put(task.key(), path);
            Optional<String> found = read(path, deadline);
            if (found.filter(task.sql()::equals).isEmpty()) {
                found.ifPresent(other -> mended.add("file " + path + ": somebody had changed it"));
                put(folder, path, task.sql(), deadline);
            }
        }
        return new Written(paths, mended);
    }

    private String folder(String key, Deadline deadline) {
        String user = home.get();
        if (user == null) {
            user = Objects.requireNonNull(
                    client.call(
                                    "rest.me",
                                    "asking for the signed-in principal",
                                    deadline,
                                    api -> new CurrentUserAPI(api).me(new MeRequest()))
                            .getUserName(),
                    "the principal has no user name");
            home.set(user);
        }
        return "/Users/" + user + "/.lakeport/" + tenant + "/" + key;
    }

    private Optional<String> read(String path, Deadline deadline) {
        try {
            ExportResponse file = client.call(
                    "rest.export",
                    "reading '" + path + "'",
                    deadline,
                    api -> new WorkspaceAPI(api)
                            .export(new ExportRequest().setPath(path).setFormat(ExportFormat.AUTO)));
            byte[] content = Base64.getDecoder().decode(Objects.requireNonNullElse(file.getContent(), ""));
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (LakeportException e) {
            if (e.category() != ErrorCategory.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void put(String folder, String path, String sql, Deadline deadline) {
        client.call("rest.mkdirs", "making the folder '" + folder + "'", deadline, api -> {
            new WorkspaceAPI(api).mkdirs(folder);
            return folder;
        });
        Import file = new Import()
                .setPath(path)
                .setFormat(ImportFormat.AUTO)
                .setOverwrite(true)
                .setContent(Base64.getEncoder().encodeToString(sql.getBytes(StandardCharsets.UTF_8)));
        client.call("rest.import", "writing '" + path + "'", deadline, api -> {
            new WorkspaceAPI(api).importContent(file);
            return path;
        });
    }

    /** Removes all files of a job. */
    void remove(String key, Deadline deadline) {
        String folder = folder(key, deadline);
        try {
            client.call("rest.delete", "removing the folder '" + folder + "'", deadline, api -> {
                new WorkspaceAPI(api).delete(new Delete().setPath(folder).setRecursive(true));
                return folder;
            });
        } catch (LakeportException e) {
            if (!e.is(CoreError.OBJECT_NOT_FOUND)) {
                throw e;
            }
        }
    }
}
