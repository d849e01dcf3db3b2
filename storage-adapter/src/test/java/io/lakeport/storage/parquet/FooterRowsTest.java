package io.lakeport.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FooterRowsTest {
    @TempDir
    Path folder;

    private byte[] parquet(String query) throws Exception {
        Path file = folder.resolve("f.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
        return Files.readAllBytes(file);
    }

    private static FooterRows counted(byte[] bytes, int block) {
        FooterRows counter = new FooterRows();
        for (int from = 0; from < bytes.length; from += block) {
            counter.update(ByteBuffer.wrap(bytes, from, Math.min(block, bytes.length - from)));
        }
        return counter;
    }

    @ParameterizedTest
    @CsvSource({"0, 4096", "1, 1", "100000, 1048576", "100000, 777"})
    void rows_foreignFileInBlocksOfAnySize_areThoseOfTheFooter(long rows, int block) throws Exception {
        byte[] bytes = parquet("SELECT range AS a, md5(range::VARCHAR) AS b FROM range(" + rows + ")");

        assertThat(counted(bytes, block).rows()).isEqualTo(rows);
    }

    @Test
    void rows_cutOrOtherFile_isRefused() throws Exception {
        byte[] bytes = parquet("SELECT range AS a FROM range(1000)");

        assertThatThrownBy(() ->
                        counted(Arrays.copyOf(bytes, bytes.length - 1), 4096).rows())
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("does not end as a Parquet file");
        assertThatThrownBy(() -> counted(new byte[3], 4096).rows()).isInstanceOf(LakeportException.class);
    }
}
