package io.lakeport.warehouse.sea;

import io.lakeport.core.guard.Guard;
import io.lakeport.core.query.MemoryBudget;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.WarehouseContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process of its own that reads one result and prints rows, most resident kilobytes, peak of the budget and time. */
final class SmallHeapReader {
    private SmallHeapReader() {}

    public static void main(String[] arguments) throws Exception {
        MemoryBudget budget = MemoryBudget.of("process", Long.parseLong(arguments[1]));
        long rows = 0;
        long start = System.nanoTime();
        try (SeaWarehouse warehouse = new SeaWarehouse(
                        Bench.context(arguments[0], new Bench.Tokens(), budget, Guard.NONE),
                        SeaLimits.usual(budget.capacity(), WarehouseContext.LOOKUP));
                ResultStream stream = warehouse.execute(Bench.request(Duration.ofMinutes(2)))) {
            Optional<ResultChunk> next = stream.next();
            while (next.isPresent()) {
                try (ResultChunk chunk = next.get()) {
                    rows += chunk.rowCount();
                }
                next = stream.next();
            }
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("rows=" + rows + " rss=" + mostResident() + " peak=" + budget.peak() + " left="
                + budget.used() + " millis=" + millis);
    }

    private static String mostResident() throws java.io.IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("0");
    }
}
