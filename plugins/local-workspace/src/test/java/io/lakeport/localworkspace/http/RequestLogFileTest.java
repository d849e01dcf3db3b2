package io.lakeport.localworkspace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogFileTest {
    @Test
    void write_beyondItsLimit_keepsThreeOldFiles(@TempDir Path directory) throws IOException {
        RequestLog log = new RequestLog(10);
        Path file = directory.resolve("requests.log");
        try (RequestLogFile written = RequestLogFile.follow(log, file, 500)) {
            assertThat(written).isNotNull();
            for (int i = 0; i < 40; i++) {
                log.add(request("/path/" + i + "\nforged line"));
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("requests.log", "requests.log.1", "requests.log.2", "requests.log.3");
        }
        assertThat(Files.readString(file)).contains("/path/39?forged line").doesNotContain("\nforged");
        assertThat(Files.size(directory.resolve("requests.log.1"))).isLessThanOrEqualTo(500);
        log.add(request("/after"));
        assertThat(Files.readString(file)).doesNotContain("/after");
    }

    private static LoggedRequest request(String path) {
        return new LoggedRequest(Instant.EPOCH, "GET", path, 200, "Agent", true, 1, 2, "me", "", "");
    }
}
