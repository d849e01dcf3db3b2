package io.lakeport.auth.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.auth.SignedIn;
import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every method against everything that can be wrong with it, at the local workspace; and the same credentials through
 * the official SDK's own provider, which must be let in and refused in the same cells. The table is written to
 * {@code target/sign-in-matrix.txt}.
 */
class SignInMatrixTest {
    private static final int LONGEST = 90;

    @Test
    @Tag("AA-43")
    @Tag("AK-29")
    @Tag("DK-14")
    @Tag("DK-15")
    @Tag("DK-18")
    void matrix_everyCell_isToldApartAndAgreesWithTheSdk(@TempDir Path directory) throws Exception {
        List<Cell.Outcome> outcomes = new ArrayList<>();
        try (MatrixWorld world = new MatrixWorld()) {
            DatabricksCells databricks = new DatabricksCells(world, directory);
            List<Cell> cells = new ArrayList<>(databricks.all());
            cells.addAll(new CloudCells(world, directory).all());
            cells.add(databricks.refreshExpired());
            for (Cell cell : cells) {
                outcomes.add(run(cell));
            }
        }
        write(outcomes);

        assertThat(outcomes).filteredOn(outcome -> !outcome.isAsExpected()).isEmpty();
        assertThat(outcomes).hasSizeGreaterThan(55);
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.sdk().isEmpty())
                .hasSizeGreaterThan(15)
                .allSatisfy(outcome -> assertThat(outcome.sdk().equals(Cell.OK))
                        .as("%s", outcome)
                        .isEqualTo(outcome.ours().equals(Cell.OK)));
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.ours().equals(Cell.OK))
                .allSatisfy(outcome -> assertThat(outcome.advice()).isNotBlank());
    }

    private static Cell.Outcome run(Cell cell) {
        String ours = Cell.OK;
        String advice = "";
        try {
            SignedIn unused = cell.ours().call();
        } catch (LakeportException e) {
            ours = e.code().name();
            advice = e.getMessage();
        } catch (Exception e) {
            ours = e.toString();
        }
        String sdk = cell.sdk().map(SignInMatrixTest::reference).orElse("");
        return new Cell.Outcome(cell.method(), cell.world(), cell.expected(), ours, advice, sdk);
    }

    private static String reference(Callable<String> sdk) {
        try {
            String unused = sdk.call();
            return Cell.OK;
        } catch (Exception e) {
            String text = e.getClass().getSimpleName() + ": "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }
    }

    private static void write(List<Cell.Outcome> outcomes) throws IOException {
        StringBuilder table = new StringBuilder(
                String.format("%-26s%-28s%-24s%s%n", "method", "world", "Lakeport", "official SDK 0.141.0"));
        for (Cell.Outcome outcome : outcomes) {
            table.append(String.format(
                    "%-26s%-28s%-24s%s%n",
                    outcome.method(),
                    outcome.world(),
                    outcome.ours() + (outcome.isAsExpected() ? "" : " (expected " + outcome.expected() + ")"),
                    outcome.sdk().isEmpty() ? "-" : outcome.sdk()));
        }
        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve("sign-in-matrix.txt"), table);
    }
}
