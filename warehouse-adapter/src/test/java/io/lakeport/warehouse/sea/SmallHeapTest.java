package io.lakeport.warehouse.sea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A gigabyte of Arrow through a heap of 128 MB, in a JVM that was given no other option. */
@EnabledOnOs(OS.LINUX)
class SmallHeapTest {
    private static final int CHUNKS = 49;
    private static final int ROWS = 640_000;
    private static final long BUDGET = 96L << 20;

    @Test
    @Tag("AK-04")
    void read_gigabyteWithSmallHeap_staysUnderItsCeiling() throws Exception {
        try (FakeApi api = new FakeApi()) {
            byte[] raw = ArrowBytes.stream(0, ROWS, 50_000);
            byte[] chunk = ArrowBytes.lz4(raw);
            for (int i = 0; i < CHUNKS; i++) {
                api.chunk(ROWS, chunk);
            }
            api.totalBytes = (long) raw.length * CHUNKS;
            assertThat(api.totalBytes).isGreaterThan(900L << 20);

            Map<String, Long> figures = run(api.url());

            assertThat(figures.get("rows")).isEqualTo((long) ROWS * CHUNKS);
            assertThat(figures.get("peak")).isLessThanOrEqualTo(BUDGET);
            assertThat(figures.get("left")).isZero();
            assertThat(figures.get("rss")).as("resident kilobytes").isLessThan(500_000);
        }
    }

    private static Map<String, Long> run(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapReader.class.getName(),
                        url,
                        Long.toString(BUDGET))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        System.out.println(output);
        String line = output.lines()
                .filter(text -> text.startsWith("rows="))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(line.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
    }
}
